import { type FormEvent, useState } from 'react';
import { instantOf, useFormat } from '../clock/index.ts';
import { serverNowMs } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useBureauSlug } from '../session/index.ts';
import { PurposeDialog, purposeMessages, useStatedPurpose } from '../track-purpose/index.ts';
import { Button, SelectField, TextField, useUrlFilter } from '../ui/index.ts';
import { useRoster } from '../units/index.ts';
import { trackMessages } from './messages.ts';
import { LENGTHS_HOURS, type Period, showPeriod, useTimeline } from './timeline-store.ts';
import { UNITS_FILTER, unitChoiceCodec } from './unit-choice.ts';
import styles from './tracks.module.css';

const FIRST_LENGTH_HOURS = 4;
const MINUTE_MS = 60_000;

/** From when, how long, and what for. */
export function PeriodForm() {
  const t = useMessages(trackMessages);
  const purposeWords = useMessages(purposeMessages);
  const format = useFormat();
  const bureau = useBureauSlug();
  const stated = useStatedPurpose(bureau);
  const shown = useTimeline((state) => state.period);
  const [hours, setHours] = useState(FIRST_LENGTH_HOURS);
  const [from, setFrom] = useState(() => localMinute(serverNowMs() - FIRST_LENGTH_HOURS * 3_600_000, format));
  const [error, setError] = useState<'badTime' | 'future' | 'chooseUnits' | null>(null);
  const [choice] = useUrlFilter(UNITS_FILTER, unitChoiceCodec);
  const { data: roster } = useRoster();
  /** A few are asked for as a few: what nobody wants to see is not opened, and the audit says whose it was. */
  const show = (period: Period) => {
    const known = new Set(roster?.units.map(({ id }) => id));
    showPeriod(period, choice.kind === 'only' ? choice.ids.filter((id) => known.has(id)) : null);
  };
  const [asking, setAsking] = useState<Period | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = choice.kind === 'except' || choice.ids.length > 0;
    const period = chosen ? periodOf(from, hours, format.timeZone) : 'chooseUnits';
    setError(typeof period === 'string' ? period : null);
    if (typeof period === 'string') return;
    if (stated) show(period);
    else setAsking(period);
  };
  return (
    <>
      <form className={styles.form} onSubmit={submit} noValidate>
        <TextField
          label={t('from')}
          type="datetime-local"
          value={from}
          error={error ? t(error) : undefined}
          onChange={(event) => setFrom(event.target.value)}
        />
        <SelectField label={t('length')} value={hours} onChange={(event) => setHours(Number(event.target.value))}>
          {LENGTHS_HOURS.map((option) => (
            <option key={option} value={option}>
              {t('hours', { count: option })}
            </option>
          ))}
        </SelectField>
        <Button type="submit" tone={shown ? 'plain' : 'primary'}>
          {shown ? t('reload') : t('load')}
        </Button>
        {stated ? (
          <span className={styles.stated}>
            {purposeWords('stated', { purpose: purposeWords(stated.purpose) })}
            {stated.note ? ` · ${stated.note}` : ''}
          </span>
        ) : null}
      </form>
      {/* Beside the form, not within: it has one of its own, whose events would reach this one. */}
      {asking ? (
        <PurposeDialog
          subject={bureau}
          name={null}
          onClose={() => setAsking(null)}
          onStated={() => {
            show(asking);
            setAsking(null);
          }}
        />
      ) : null}
    </>
  );
}

function localMinute(atMs: number, { instant }: ReturnType<typeof useFormat>): string {
  return instant(Math.floor(atMs / MINUTE_MS) * MINUTE_MS, 'dateTime').replace(' ', 'T');
}

/** Up to now at most: nothing is recorded of what comes. */
function periodOf(from: string, hours: number, timeZone: string): Period | 'badTime' | 'future' {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(from)) return 'badTime';
  const fromSeconds = Math.floor(Date.parse(instantOf(from.slice(0, 16), timeZone)) / 1000);
  const nowSeconds = Math.floor(serverNowMs() / 1000);
  if (!(fromSeconds < nowSeconds)) return 'future';
  return { fromSeconds, toSeconds: Math.min(nowSeconds, fromSeconds + hours * 3600) };
}
