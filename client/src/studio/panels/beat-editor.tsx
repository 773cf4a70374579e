import type { FocusEvent, KeyboardEvent } from 'react';
import { useBilingual, useLanguage, useMessages } from '../../i18n/index.ts';
import { Button, PanelSection, SelectField, TextField } from '../../ui/index.ts';
import { AREA_HUES, hueOf } from '../../ui/tokens.ts';
import { studioMessages } from '../messages.ts';
import type { StudioSession } from '../studio-session.ts';
import { useStudio } from '../studio-store.ts';
import { mergeBeats } from '../tools/merge-tool.ts';
import { removeArea, setBeat } from './edits.ts';
import styles from './panels.module.css';

/** Name, number, colour, zone and lock of the chosen beat; each change takes effect at once and can be undone. */
export function BeatEditor({ session, editable }: { session: StudioSession; editable: boolean }) {
  const t = useMessages(studioMessages);
  const bilingual = useBilingual();
  const language = useLanguage();
  const key = useStudio((state) => state.beat);
  const beat = useStudio((state) => (key === null ? undefined : state.beats[key]));
  const beats = useStudio((state) => state.beats);
  const zones = useStudio((state) => state.zones);
  const cells = useStudio((state) => state.score?.beats.find((one) => one.key === key)?.atoms);
  if (key === null || !beat || beat.removed)
    return (
      <PanelSection title={t('chosen')}>
        <span className={styles.note}>{t('noneChosen')}</span>
      </PanelSection>
    );
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <PanelSection
      title={t('chosen')}
      actions={
        cells === 0 && editable ? (
          <Button small onClick={() => removeArea(session, 'beat', key)}>
            {t('removeBeat')}
          </Button>
        ) : null
      }
    >
      <fieldset className={styles.editor} disabled={!editable} key={key}>
        <CommitField
          label={t('name')}
          value={beat.name[language]}
          onCommit={(text) => setBeat(session, key, { name: { ...beat.name, [language]: text } })}
        />
        <div className={styles.pair}>
          <CommitField
            label={other === 'en' ? t('nameEn') : t('nameZh')}
            value={beat.name[other]}
            onCommit={(text) => setBeat(session, key, { name: { ...beat.name, [other]: text } })}
          />
          <CommitField
            label={t('number')}
            value={String(beat.number)}
            numeric
            onCommit={(text) => {
              const number = Number(text);
              if (Number.isInteger(number) && number >= 1 && number <= 9999) setBeat(session, key, { number });
            }}
          />
        </div>
        <SelectField
          label={t('zone')}
          value={beat.zone}
          onChange={(event) => setBeat(session, key, { zone: Number(event.target.value) })}
        >
          {zones.map((zone, zoneKey) =>
            zone.removed ? null : (
              <option key={zoneKey} value={zoneKey}>
                {zone.number} · {bilingual(zone.name)}
              </option>
            ),
          )}
        </SelectField>
        <SelectField
          label={t('mergeInto')}
          value=""
          onChange={(event) => mergeBeats(session, key, Number(event.target.value))}
        >
          <option value="">{t('mergeNot')}</option>
          {beats.map((taker, takerKey) =>
            taker.removed || takerKey === key ? null : (
              <option key={takerKey} value={takerKey}>
                {taker.number} · {bilingual(taker.name)}
              </option>
            ),
          )}
        </SelectField>
        <div className={styles.line}>
          <div className={styles.hues} role="radiogroup" aria-label={t('colour')}>
            {AREA_HUES.map((hue, index) => (
              <button
                key={hue}
                type="button"
                role="radio"
                aria-checked={hueOf(beat.colour) === hue}
                aria-label={t('hue', { count: index + 1 })}
                style={{ background: hue }}
                onClick={() => setBeat(session, key, { colour: index })}
              />
            ))}
          </div>
          <Button
            small
            icon={beat.locked ? 'lock' : 'unlock'}
            aria-pressed={beat.locked}
            onClick={() => setBeat(session, key, { locked: !beat.locked })}
          >
            {beat.locked ? t('unlock') : t('lockBeat')}
          </Button>
        </div>
      </fieldset>
    </PanelSection>
  );
}

interface CommitFieldProps {
  label: string;
  value: string;
  numeric?: boolean;
  onCommit: (text: string) => void;
}

/** Takes effect when it is left or on Enter: a name is one step of the history, not one per letter. What is not taken is not shown. */
export function CommitField({ label, value, numeric = false, onCommit }: CommitFieldProps) {
  const commit = ({ currentTarget }: FocusEvent<HTMLInputElement>) => {
    const text = currentTarget.value.trim();
    currentTarget.value = value;
    if (text !== '' && text !== value) onCommit(text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') event.currentTarget.value = value;
    if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
  };
  return (
    <TextField
      // A change from elsewhere (an undo, another hand) shows here as well.
      key={value}
      label={label}
      defaultValue={value}
      maxLength={80}
      inputMode={numeric ? 'numeric' : undefined}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}
