import { type DraftProblem, repairBeat } from '@xunfang/geo-data/beats';
import { useFormat } from '../../clock/index.ts';
import { useBilingual, useMessages } from '../../i18n/index.ts';
import { Button, PanelSection, toast } from '../../ui/index.ts';
import { figureMessages } from '../messages-figures.ts';
import type { StudioScore } from '../score/score-protocol.ts';
import { showAtoms, showBeat } from '../show-on-map.ts';
import type { StudioSession } from '../studio-session.ts';
import { useStudio } from '../studio-store.ts';
import styles from './panels.module.css';

interface ProblemListProps {
  session: StudioSession;
  score: StudioScore;
  stale: boolean;
  editable: boolean;
}

/** What blocks submitting, never painting; a beat in pieces is mended by one click. */
export function ProblemList({ session, score, stale, editable }: ProblemListProps) {
  const t = useMessages(figureMessages);
  const { problems } = score;
  return (
    <PanelSection
      title={problems.length > 0 ? `${t('problems')} (${problems.length}) · ${t('blocks')}` : t('problems')}
    >
      {problems.length === 0 ? (
        <span className={styles.note}>{t('noProblems')}</span>
      ) : (
        <ul className={styles.problems} data-stale={stale} aria-label={t('problems')}>
          {problems.map((problem) => (
            <li key={`${problem.code}-${problem.beats.join()}-${problem.zones.join()}`} className={styles.problem}>
              <span>
                <Sentence problem={problem} />
              </span>
              <Actions session={session} problem={problem} editable={editable && !stale} />
            </li>
          ))}
        </ul>
      )}
    </PanelSection>
  );
}

function Sentence({ problem }: { problem: DraftProblem }) {
  const t = useMessages(figureMessages);
  const bilingual = useBilingual();
  const format = useFormat();
  const beats = useStudio((state) => state.beats);
  const zones = useStudio((state) => state.zones);
  const { code, parts, atoms } = problem;
  const areas = code.startsWith('ZONE')
    ? problem.zones.map((key) => zones[key])
    : problem.beats.map((key) => beats[key]);
  const name = format.list(areas.map((area) => (area ? bilingual(area.name) : '?')));
  const say = t as (key: DraftProblem['code'], params: Record<string, string | number>) => string;
  return say(code, { name, parts, count: atoms.length });
}

function Actions({ session, problem, editable }: { session: StudioSession; problem: DraftProblem; editable: boolean }) {
  const t = useMessages(figureMessages);
  const [beat] = problem.beats;
  const isTorn = problem.code === 'BEAT_NOT_CONTIGUOUS';
  const back = isTorn ? session.pullBackOf(beat) : null;
  const show = () => {
    if (!showAtoms(session, problem.atoms) && beat !== undefined) showBeat(session, beat);
  };
  const repair = () => {
    const paint = repairBeat(session.ground.atoms, session.view, beat);
    if (!session.edit('repair', { paint, operations: [] })) toast(t('repairNothing'), { tone: 'warn' });
  };
  return (
    <div className={styles.actions}>
      <Button small onClick={show}>
        {t('showPlace')}
      </Button>
      {isTorn && editable ? (
        <Button small tone="primary" title={t('repairHint')} onClick={repair}>
          {t('repair')}
        </Button>
      ) : null}
      {back && editable ? (
        <Button small title={t('pullBackHint')} onClick={() => session.edit('repair', { paint: back, operations: [] })}>
          {t('pullBack')}
        </Button>
      ) : null}
    </div>
  );
}
