import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import {
  Button,
  EmptyState,
  ErrorState,
  IconButton,
  SelectField,
  SimulationTag,
  SkeletonRows,
  useHotkeys,
  useUrlFilter,
} from '../ui/index.ts';
import { useRoster } from '../units/index.ts';
import { trackMessages } from './messages.ts';
import { PeriodForm } from './period-form.tsx';
import { goToStop, TimelineCanvas } from './timeline-canvas.tsx';
import {
  closeTimeline,
  pauseTimeline,
  playTimeline,
  SPEEDS,
  seekTimeline,
  setTimelineSpeed,
  useTimeline,
  zoomTimeline,
  zoomToPeriod,
} from './timeline-store.ts';
import { type PeriodTracks, usePeriodTracks } from './track-data.ts';
import { useTrackWords } from './track-words.ts';
import styles from './tracks.module.css';
import { ALL_UNITS, isShown, UNITS_FILTER, unitChoiceCodec } from './unit-choice.ts';
import { UnitChooser } from './unit-chooser.tsx';

/** The opened strip: period and purpose, then the rows. */
export function TimelinePanel() {
  const t = useMessages(trackMessages);
  const period = useTimeline((state) => state.period);
  const { tracks, error, isFetching, refetch } = usePeriodTracks();
  return (
    <section className={styles.panel} aria-label={t('open')}>
      <div className={styles.controls}>
        <PeriodForm />
        <UnitChooser tracks={tracks} />
        {tracks && tracks.fixes > 0 ? <Playback tracks={tracks} /> : null}
        <Button icon="close" onClick={closeTimeline}>
          {t('close')}
        </Button>
      </div>
      {error && !isFetching ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {period && isFetching ? (
        <div role="status" className={styles.loading}>
          {t('loading')}
          <SkeletonRows rows={3} />
        </div>
      ) : null}
      {tracks && !isFetching ? <Shown tracks={tracks} /> : null}
    </section>
  );
}

function Shown({ tracks }: { tracks: PeriodTracks }) {
  const t = useMessages(trackMessages);
  const archived =
    tracks.archivedDays.length > 0 ? (
      <p className={styles.partial}>{t('archived', { days: tracks.archivedDays.join(', ') })}</p>
    ) : null;
  if (tracks.read.length === 0) return <EmptyState title={t('noUnits')} />;
  if (tracks.fixes === 0)
    return (
      <>
        {archived}
        <EmptyState title={t('empty')}>{t('emptyHint')}</EmptyState>
      </>
    );
  return (
    <>
      {archived}
      <NotOpened tracks={tracks} />
      {tracks.units.length === 0 ? (
        <NoneChosen />
      ) : (
        <>
          <StatusLine tracks={tracks} />
          <TimelineCanvas tracks={tracks} />
        </>
      )}
    </>
  );
}

function NoneChosen() {
  const t = useMessages(trackMessages);
  const [, setChoice] = useUrlFilter(UNITS_FILTER, unitChoiceCodec);
  return (
    <EmptyState title={t('noneChosen')} action={<Button onClick={() => setChoice(ALL_UNITS)}>{t('showAll')}</Button>} />
  );
}

/** A few units were asked for with the period; others that are chosen since need another look, for a purpose. */
function NotOpened({ tracks }: { tracks: PeriodTracks }) {
  const t = useMessages(trackMessages);
  const asked = useTimeline((state) => state.askedUnits);
  const [choice] = useUrlFilter(UNITS_FILTER, unitChoiceCodec);
  const { data: roster } = useRoster();
  if (asked === null) return null;
  const read = new Set(tracks.read.map(({ id }) => id));
  const missing = (roster?.units ?? []).filter(({ id }) => isShown(choice, id) && !read.has(id)).length;
  return missing === 0 ? null : <p className={styles.partial}>{t('notOpened', { count: missing })}</p>;
}

function Playback({ tracks }: { tracks: PeriodTracks }) {
  const t = useMessages(trackMessages);
  const playing = useTimeline((state) => state.playing);
  const secondsPerSecond = useTimeline((state) => state.secondsPerSecond);
  const toggle = () => (playing ? pauseTimeline() : playTimeline());
  const chosen = () => tracks.units.find(({ id }) => id === useTimeline.getState().unitId);
  const step = (direction: number) => {
    const { viewFrom, viewTo, cursorSeconds } = useTimeline.getState();
    seekTimeline(cursorSeconds + (direction * (viewTo - viewFrom)) / 60);
  };
  useHotkeys([
    { keys: ' ', label: () => t(playing ? 'pause' : 'play'), group: 'workspace', run: toggle },
    { keys: 'ArrowLeft', label: () => t('keyStep'), group: 'workspace', run: () => step(-1) },
    { keys: 'ArrowRight', label: () => t('keyStep'), group: 'workspace', run: () => step(1) },
    { keys: 'n', label: () => t('nextStop'), group: 'workspace', run: () => goToStop(tracks, chosen(), 1) },
    { keys: 'p', label: () => t('previousStop'), group: 'workspace', run: () => goToStop(tracks, chosen(), -1) },
  ]);
  return (
    <div className={styles.playback}>
      <IconButton icon={playing ? 'pause' : 'play'} label={playing ? t('pause') : t('play')} onClick={toggle} />
      <SelectField
        label={t('speed')}
        value={secondsPerSecond}
        onChange={(event) => setTimelineSpeed(Number(event.target.value))}
      >
        {SPEEDS.map((speed) => (
          <option key={speed} value={speed}>
            {t('times', { count: speed })}
          </option>
        ))}
      </SelectField>
      <IconButton icon="minus" label={t('zoomOut')} onClick={() => zoomTimeline(1 / 2)} />
      <IconButton icon="plus" label={t('zoomIn')} onClick={() => zoomTimeline(2)} />
      <IconButton icon="fit" label={t('zoomAll')} onClick={zoomToPeriod} />
    </div>
  );
}

/** The instant, what the chosen unit did then, and how much is shown. */
function StatusLine({ tracks }: { tracks: PeriodTracks }) {
  const t = useMessages(trackMessages);
  const format = useFormat();
  const words = useTrackWords();
  // To the second: the map moves more often, words need not.
  const second = useTimeline((state) => Math.floor(state.cursorSeconds));
  const unitId = useTimeline((state) => state.unitId);
  const track = tracks.units.find(({ id }) => id === unitId);
  const count = (value: number) => format.number(value);
  return (
    <div className={styles.status}>
      <strong className={styles.instant}>{format.instant(second * 1000, 'dateSeconds')}</strong>
      <span role="status" aria-live="off" className={styles.chosen}>
        {track ? words.line(track, second) : t('chooseRow')}
      </span>
      <span className={styles.summary}>
        {t(tracks.units.length < tracks.read.length ? 'summaryOf' : 'summary', {
          units: count(tracks.units.length),
          all: count(tracks.read.length),
          silent: count(tracks.units.filter(({ seconds }) => seconds.length === 0).length),
          stops: count(tracks.units.reduce((sum, { segments }) => sum + segments.stops.count, 0)),
        })}
        {tracks.stepSeconds > 1 ? ` · ${t('thinned', { seconds: tracks.stepSeconds })}` : ''}
      </span>
      {tracks.units.some(({ simulated }) => simulated) ? <SimulationTag /> : null}
      <Legend />
    </div>
  );
}

function Legend() {
  const t = useMessages(trackMessages);
  return (
    <span className={styles.legend}>
      {(['moving', 'stopped', 'silent'] as const).map((activity) => (
        <span key={activity} className={styles.legendItem}>
          <span className={`${styles.swatch} ${styles[activity]}`} />
          {t(activity)}
        </span>
      ))}
    </span>
  );
}
