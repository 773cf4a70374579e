import { type FormEvent, useMemo, useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button, compareNames, Dialog, EmptyState, TextField, useHotkeys, useUrlFilter } from '../ui/index.ts';
import { useRoster } from '../units/index.ts';
import { trackMessages } from './messages.ts';
import type { PeriodTracks } from './track-data.ts';
import styles from './tracks.module.css';
import { changeUnits, chooseUnits, isShown, UNITS_FILTER, unitChoiceCodec } from './unit-choice.ts';

/** Says which units are shown, and opens their choice (U). */
export function UnitChooser({ tracks }: { tracks: PeriodTracks | undefined }) {
  const t = useMessages(trackMessages);
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const [choice, setChoice] = useUrlFilter(UNITS_FILTER, unitChoiceCodec);
  const { data: roster } = useRoster();
  useHotkeys([{ keys: 'u', label: () => t('chooseUnitsKey'), group: 'workspace', run: () => setOpen(true) }]);
  const units = useMemo(() => {
    // Who has left the roster still has a track.
    const names = new Map((roster?.units ?? []).map(({ id, callSign }) => [id, callSign]));
    for (const { id, callSign } of tracks?.read ?? []) names.set(id, callSign);
    return [...names].map(([id, callSign]) => ({ id, callSign })).sort((a, b) => compareNames(a.callSign, b.callSign));
  }, [roster, tracks]);
  const all = units.map(({ id }) => id);
  const shown = all.filter((id) => isShown(choice, id));
  return (
    <>
      <Button icon="filter" aria-haspopup="dialog" disabled={units.length === 0} onClick={() => setOpen(true)}>
        {shown.length === all.length
          ? t('unitsAll')
          : t('unitsSome', { shown: format.number(shown.length), all: format.number(all.length) })}
      </Button>
      {open ? (
        <Choice
          units={units}
          shown={new Set(shown)}
          onShow={(ids, show) => setChoice(changeUnits(choice, ids, show, all))}
          onOnly={(ids) => setChoice(chooseUnits(new Set(ids), all))}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}

interface ChoiceProps {
  units: readonly { id: number; callSign: string }[];
  shown: ReadonlySet<number>;
  onShow: (ids: readonly number[], show: boolean) => void;
  onOnly: (ids: readonly number[]) => void;
  onClose: () => void;
}

function Choice({ units, shown, onShow, onOnly, onClose }: ChoiceProps) {
  const t = useMessages(trackMessages);
  const format = useFormat();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = units.filter(({ callSign }) => callSign.toLowerCase().includes(wanted));
  const ids = found.map(({ id }) => id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted !== '' && ids.length > 0) onOnly(ids);
    onClose();
  };
  const count = format.number(ids.length);
  return (
    <Dialog title={t('chooseUnitsTitle')} wide onClose={onClose}>
      <form className={styles.choice} onSubmit={submit} noValidate>
        <TextField
          type="search"
          label={t('searchUnits')}
          hint={t('searchUnitsHint')}
          maxLength={64}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <div className={styles.choiceActions}>
          <Button small disabled={ids.every((id) => shown.has(id))} onClick={() => onShow(ids, true)}>
            {wanted === '' ? t('showAll') : t('showFound', { count })}
          </Button>
          <Button small disabled={!ids.some((id) => shown.has(id))} onClick={() => onShow(ids, false)}>
            {wanted === '' ? t('showNone') : t('hideFound', { count })}
          </Button>
          <span role="status" className={styles.note}>
            {t('unitsSome', { shown: format.number(shown.size), all: format.number(units.length) })}
          </span>
        </div>
        {found.length === 0 ? (
          <EmptyState title={t('noneFound')} />
        ) : (
          <fieldset className={styles.choiceList}>
            <legend className="visually-hidden">{t('chooseUnitsTitle')}</legend>
            {found.map(({ id, callSign }) => (
              <label key={id}>
                <input
                  type="checkbox"
                  checked={shown.has(id)}
                  onChange={(event) => onShow([id], event.target.checked)}
                />
                {callSign}
              </label>
            ))}
          </fieldset>
        )}
      </form>
    </Dialog>
  );
}
