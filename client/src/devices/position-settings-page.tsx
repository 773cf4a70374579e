import { useMutation, useQuery } from '@tanstack/react-query';
import type { PositionSettingsChange, PositionSettingsWithDefaults } from '@xunfang/geo-data/contract';
import { type FormEvent, useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { api, queryClient } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useBureauSlug, useHasRole } from '../session/index.ts';
import { Button, ConfirmDialog, ErrorState, FormFailure, SkeletonRows, TextField, toast } from '../ui/index.ts';
import { unitMessages } from '../units/index.ts';
import styles from './devices.module.css';
import { deviceMessages } from './messages.ts';
import {
  changeOf,
  countChanged,
  countOwn,
  type Draft,
  type Figure,
  faultsOf,
  KIND_FIGURES,
  typed,
  WHOLE_FIGURES,
} from './settings-draft.ts';

const PATH = '/api/position-settings';
const settingsKey = (bureau: string) => ['position-settings', bureau];

/** What the bureau believes of positions and how fast they grow old. */
export function PositionSettingsPage() {
  const bureau = useBureauSlug();
  const query = useQuery({
    queryKey: settingsKey(bureau),
    queryFn: ({ signal }) => api.get<PositionSettingsWithDefaults>(PATH, { query: { bureau }, signal }),
  });
  if (query.isPending) return <SkeletonRows rows={10} />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return <SettingsForm key={bureau} settings={query.data} />;
}

function SettingsForm({ settings }: { settings: PositionSettingsWithDefaults }) {
  const t = useMessages(deviceMessages);
  const units = useMessages(unitMessages);
  const format = useFormat();
  const bureau = useBureauSlug();
  const mayChange = useHasRole('admin');
  const [draft, setDraft] = useState<Draft>({});
  const [asking, setAsking] = useState(false);
  const { defaults } = settings;
  const faults = faultsOf(draft, settings);
  const changed = countChanged(draft, settings);
  const own = countOwn(settings, defaults);
  const takeOver = (next: PositionSettingsWithDefaults) => {
    queryClient.setQueryData(settingsKey(bureau), next);
    setDraft({});
  };
  const save = useMutation({
    mutationFn: (change: PositionSettingsChange) =>
      api.patch<PositionSettingsWithDefaults>(PATH, change, { query: { bureau } }),
    onSuccess: (next) => {
      takeOver(next);
      toast(t('settingsSaved'), { tone: 'done' });
    },
  });
  const reset = useMutation({
    mutationFn: () => api.delete<PositionSettingsWithDefaults>(PATH, { query: { bureau } }),
    onSuccess: (next) => {
      takeOver(next);
      toast(t('settingsReset'), { tone: 'done' });
    },
    onError: (failure) => toast(failure.message, { tone: 'error' }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed > 0 && faults.size === 0) save.mutate(changeOf(draft, settings));
  };
  const fieldOf = (figure: Figure, label: string, unit: string, note?: string, hidden = false) => {
    const { key, from, to, fractions } = figure;
    const fault = faults.get(key);
    const bounds = { from: format.number(from), to: format.number(to) };
    const rests = figure.read(settings) === figure.read(defaults);
    const hint = `${t('default', { value: format.number(figure.read(defaults)) })}${rests ? '' : ` · ${t('changed')}`}`;
    return (
      <TextField
        key={key}
        label={hidden ? <span className="visually-hidden">{label}</span> : `${label} (${unit})`}
        inputMode="decimal"
        autoComplete="off"
        disabled={!mayChange}
        hint={note ? `${note} · ${hint}` : hint}
        error={
          fault === undefined
            ? undefined
            : fault === 'order'
              ? t('agesDisordered')
              : t(fractions ? 'outOfRange' : 'wholeRange', bounds)
        }
        value={typed(draft, figure, settings)}
        onChange={(event) => setDraft({ ...draft, [key]: event.target.value })}
      />
    );
  };
  const { marginMeters, maxAccuracyMeters, futureToleranceSeconds, maxAgeDays } = WHOLE_FIGURES;
  const titles = [t('maxSpeed'), t('ageing'), t('stale'), t('lost')];
  return (
    <form className={styles.settings} onSubmit={submit} noValidate>
      <div className={styles.heading}>
        <h2>{t('positions')}</h2>
        {changed > 0 ? <span className={styles.warning}>{t('unsaved', { count: changed })}</span> : null}
        <Button disabled={!mayChange || own === 0 || reset.isPending} onClick={() => setAsking(true)}>
          {t('reset')}
        </Button>
        <Button disabled={changed === 0} onClick={() => setDraft({})}>
          {t('discard')}
        </Button>
        <Button
          type="submit"
          tone="primary"
          disabled={!mayChange || changed === 0 || faults.size > 0 || save.isPending}
        >
          {t('save')}
        </Button>
      </div>
      <p className={styles.note}>{t('positionsIntro')}</p>
      <FormFailure error={save.error} />
      <fieldset className={styles.general} aria-label={t('general')}>
        {fieldOf(marginMeters, t('margin'), t('metres'), t('marginHint'))}
        {fieldOf(maxAccuracyMeters, t('maxAccuracy'), t('metres'), t('maxAccuracyHint'))}
        {fieldOf(futureToleranceSeconds, t('future'), t('seconds'), t('futureHint'))}
        {fieldOf(maxAgeDays, t('maxAge'), t('days'), t('maxAgeHint'))}
      </fieldset>
      <fieldset className={styles.kinds} aria-label={t('byKind')}>
        <span className={styles.columnTitle}>{t('kind')}</span>
        {titles.map((title) => (
          <span key={title} className={styles.columnTitle}>
            {title}
          </span>
        ))}
        {KIND_FIGURES.flatMap(({ kind, speed, ages }) => [
          <span key={kind} className={styles.kindName}>
            {units(kind)}
          </span>,
          ...[speed, ...ages].map((figure, column) =>
            fieldOf(figure, `${units(kind)} ${titles[column]}`, '', undefined, true),
          ),
        ])}
      </fieldset>
      {asking ? (
        <ConfirmDialog
          title={t('resetTitle')}
          confirmLabel={t('reset')}
          onConfirm={() => reset.mutate()}
          onClose={() => setAsking(false)}
        >
          {t('resetDetail', { count: own })}
        </ConfirmDialog>
      ) : null}
    </form>
  );
}
