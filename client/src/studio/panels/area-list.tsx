import type { DraftBeat } from '@xunfang/geo-data/beats';
import { useBilingual, useLanguage, useMessages } from '../../i18n/index.ts';
import { Button, IconButton, PanelSection } from '../../ui/index.ts';
import { hueOf } from '../../ui/tokens.ts';
import { studioMessages } from '../messages.ts';
import { showBeat } from '../show-on-map.ts';
import type { StudioSession } from '../studio-session.ts';
import { useStudio } from '../studio-store.ts';
import { CommitField } from './beat-editor.tsx';
import { addBeat, addZone, removeArea, setBeat, setZone } from './edits.ts';
import styles from './panels.module.css';

/** Zones with their beats: choose, lock, add. */
export function AreaList({ session, editable }: { session: StudioSession; editable: boolean }) {
  const t = useMessages(studioMessages);
  const beats = useStudio((state) => state.beats);
  const zones = useStudio((state) => state.zones);
  const order = zones
    .flatMap((zone, key) => (zone.removed ? [] : [{ zone, key }]))
    .sort((a, b) => a.zone.number - b.zone.number);
  return (
    <PanelSection
      title={t('areas')}
      actions={
        editable ? (
          <Button small icon="plus" onClick={() => addZone(session)}>
            {t('newZone')}
          </Button>
        ) : null
      }
    >
      <ul className={styles.zones}>
        {order.map(({ zone, key }) => {
          const members = beats
            .flatMap((beat, beatKey) => (!beat.removed && beat.zone === key ? [{ beat, key: beatKey }] : []))
            .sort((a, b) => a.beat.number - b.beat.number);
          return (
            <li key={key}>
              <div className={styles.zone}>
                <span className={styles.number}>{zone.number}</span>
                <ZoneName session={session} zone={key} editable={editable} />
                {editable && members.length === 0 ? (
                  <IconButton
                    small
                    icon="close"
                    label={t('removeZone')}
                    onClick={() => removeArea(session, 'zone', key)}
                  />
                ) : null}
                {editable ? (
                  <>
                    <IconButton small icon="plus" label={t('newBeat')} onClick={() => addBeat(session, key)} />
                    <IconButton
                      small
                      icon={zone.locked ? 'lock' : 'unlock'}
                      label={zone.locked ? t('unlock') : t('lockZone')}
                      pressed={zone.locked}
                      onClick={() => setZone(session, key, { locked: !zone.locked })}
                    />
                  </>
                ) : null}
              </div>
              <ul className={styles.beats}>
                {members.map((member) => (
                  <BeatLine
                    key={member.key}
                    session={session}
                    editable={editable}
                    beatKey={member.key}
                    beat={member.beat}
                  />
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </PanelSection>
  );
}

function ZoneName({ session, zone, editable }: { session: StudioSession; zone: number; editable: boolean }) {
  const t = useMessages(studioMessages);
  const bilingual = useBilingual();
  const language = useLanguage();
  const { name } = useStudio((state) => state.zones[zone]);
  const shown = bilingual(name);
  if (!editable) return <strong className={styles.grow}>{shown}</strong>;
  const rename = (text: string) => setZone(session, zone, { name: { ...name, [language]: text } });
  return (
    <span className={`${styles.grow} ${styles.inline}`}>
      <CommitField label={t('name')} value={shown} onCommit={rename} />
    </span>
  );
}

interface BeatLineProps {
  session: StudioSession;
  editable: boolean;
  beatKey: number;
  beat: DraftBeat;
}

function BeatLine({ session, editable, beatKey, beat }: BeatLineProps) {
  const t = useMessages(studioMessages);
  const bilingual = useBilingual();
  const chosen = useStudio((state) => state.beat === beatKey);
  const empty = useStudio((state) => state.score?.beats.find((one) => one.key === beatKey)?.atoms === 0);
  return (
    <li className={styles.beat} data-chosen={chosen}>
      <button
        type="button"
        className={styles.choose}
        aria-pressed={chosen}
        onClick={() => useStudio.setState({ beat: chosen ? null : beatKey })}
        onDoubleClick={() => showBeat(session, beatKey)}
      >
        <span className={styles.swatch} style={{ background: hueOf(beat.colour) }} />
        <span className={styles.number}>{beat.number}</span>
        <span className={styles.grow}>{bilingual(beat.name)}</span>
        {empty ? <span className={styles.note}>{t('emptyBeat')}</span> : null}
      </button>
      {editable ? (
        <IconButton
          small
          icon={beat.locked ? 'lock' : 'unlock'}
          label={beat.locked ? t('unlock') : t('lockBeat')}
          pressed={beat.locked}
          onClick={() => setBeat(session, beatKey, { locked: !beat.locked })}
        />
      ) : null}
    </li>
  );
}
