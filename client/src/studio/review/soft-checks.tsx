import type { DraftChecks, DraftResponse } from '@xunfang/geo-data/contract';
import { useFormat } from '../../clock/index.ts';
import { useBilingual, useMessages } from '../../i18n/index.ts';
import { Button, ErrorState, PanelSection, SkeletonRows, Tag } from '../../ui/index.ts';
import { OverallLine } from '../panels/overall-figures.tsx';
import styles from '../panels/panels.module.css';
import { showBeat } from '../show-on-map.ts';
import type { StudioSession } from '../studio-session.ts';
import { useStudio } from '../studio-store.ts';
import { useDraftChecks } from './lifecycle-queries.ts';
import { softCheckMessages } from './messages-soft-checks.ts';

const MOST_NAMED = 6;

/** What whoever submits and whoever reviews should know, and what never keeps either from doing so. Of the draft as it is saved. */
export function SoftChecks({ session }: { session: StudioSession }) {
  const t = useMessages(softCheckMessages);
  const saved = useStudio((state) => (state.save.kind === 'saved' ? session.replica.revision : null));
  const { data, error, isPlaceholderData, refetch } = useDraftChecks(session.draft.plan.id, saved);
  return (
    <PanelSection title={t('title')} actions={<Tag dashed>{t('never')}</Tag>}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <div className={styles.form} data-soft-checks={data.revision} data-stale={isPlaceholderData || saved === null}>
          <ResponseCheck session={session} response={data.response} />
          <Warnings session={session} warnings={data.warnings} />
        </div>
      ) : (
        <SkeletonRows rows={3} />
      )}
    </PanelSection>
  );
}

function ResponseCheck({ session, response }: { session: StudioSession; response: DraftResponse | null }) {
  const t = useMessages(softCheckMessages);
  const format = useFormat();
  const nameOf = useBeatName();
  if (!response) return <p className={styles.note}>{t('noPlan')}</p>;
  const { mean, p90, worstBeat, overloaded } = response;
  const line = { kind: 'number', digits: 2, unit: t('minutes'), good: 'less' } as const;
  const written = (minutes: number | null) => (minutes === null ? '—' : format.number(minutes, 2));
  return (
    <>
      <p className={styles.note}>{t('against', { name: response.planName })}</p>
      {overloaded.after ? <p className={styles.warn}>{t('overloaded')}</p> : null}
      <dl className={styles.scores}>
        <OverallLine line={{ label: t('mean'), value: mean.after, base: mean.before, ...line }} />
        <OverallLine line={{ label: t('p90'), value: p90.after, base: p90.before, ...line }} />
      </dl>
      {worstBeat ? (
        <div className={styles.remark}>
          <span>
            {t('worst', {
              beat: nameOf(worstBeat.beat),
              before: worstBeat.numberBefore,
              p90Before: written(worstBeat.p90.before),
              p90After: written(worstBeat.p90.after),
              p90Change: written((worstBeat.p90.after ?? 0) - (worstBeat.p90.before ?? 0)),
              meanBefore: written(worstBeat.mean.before),
              meanAfter: written(worstBeat.mean.after),
            })}
          </span>
          <ShowBeat session={session} beat={worstBeat.beat} />
        </div>
      ) : overloaded.after ? null : (
        <p className={styles.note}>{t('noneSlower')}</p>
      )}
    </>
  );
}

function Warnings({ session, warnings }: { session: StudioSession; warnings: DraftChecks['warnings'] }) {
  const t = useMessages(softCheckMessages);
  const format = useFormat();
  const nameOf = useBeatName();
  if (warnings.length === 0) return <p className={styles.note}>{t('fine')}</p>;
  return (['UNBALANCED', 'NOT_COMPACT'] as const).map((code) => {
    const found = warnings
      .filter((warning) => warning.code === code)
      .sort((a, b) => (code === 'UNBALANCED' ? Math.abs(b.value) - Math.abs(a.value) : a.value - b.value));
    if (found.length === 0) return null;
    const isBalance = code === 'UNBALANCED';
    const named = found.slice(0, MOST_NAMED).map(({ beat, value }) =>
      t('beatValue', {
        beat: nameOf(beat),
        value: isBalance ? format.percent(value, 1, true) : format.number(value, 2),
      }),
    );
    const words = { count: found.length, beats: format.list(found.length > MOST_NAMED ? [...named, '…'] : named) };
    return (
      <div key={code} className={styles.remark}>
        <span>
          {isBalance
            ? t('unbalanced', { ...words, limit: format.percent(found[0].limit, 0) })
            : t('stretched', { ...words, limit: format.number(found[0].limit, 2) })}
        </span>
        <ShowBeat session={session} beat={found[0].beat} />
      </div>
    );
  });
}

function ShowBeat({ session, beat }: { session: StudioSession; beat: number }) {
  const t = useMessages(softCheckMessages);
  return (
    <div className={styles.actions}>
      <Button small onClick={() => showBeat(session, beat)}>
        {t('showPlace')}
      </Button>
    </div>
  );
}

function useBeatName(): (beat: number) => string {
  const bilingual = useBilingual();
  const beats = useStudio((state) => state.beats);
  return (beat) => (beats[beat] ? bilingual(beats[beat].name) : '?');
}
