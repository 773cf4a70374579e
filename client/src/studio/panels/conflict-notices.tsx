import { useMessages } from '../../i18n/index.ts';
import { Button, IconButton, toast } from '../../ui/index.ts';
import { studioMessages } from '../messages.ts';
import { showAtoms } from '../show-on-map.ts';
import type { StudioSession } from '../studio-session.ts';
import { type Conflict, useStudio } from '../studio-store.ts';
import styles from './palette.module.css';

const MOST_SHOWN = 3;

/** Two hands on the same cells: the later one counts, and the other may take it back. */
export function ConflictNotices({ session }: { session: StudioSession }) {
  const t = useMessages(studioMessages);
  const conflicts = useStudio((state) => state.conflicts);
  const dismiss = (conflict: Conflict) =>
    useStudio.setState((state) => ({ conflicts: state.conflicts.filter((one) => one !== conflict) }));
  const undo = (conflict: Conflict) => {
    const stored = session.stored.get(conflict.revision);
    if (!stored || !session.undoAt(stored, conflict.atoms)) toast(t('conflictGone'));
    dismiss(conflict);
  };
  if (conflicts.length === 0) return null;
  return (
    <div className={styles.notices}>
      {conflicts.slice(-MOST_SHOWN).map((conflict) => {
        const words = { author: conflict.author, count: conflict.atoms.length };
        return (
          <div key={conflict.id} className={styles.notice} role="alert">
            <span>{conflict.lost === 'mine' ? t('conflictMine', words) : t('conflictTheirs', words)}</span>
            <Button small onClick={() => showAtoms(session, conflict.atoms)}>
              {t('show')}
            </Button>
            <Button small onClick={() => undo(conflict)}>
              {conflict.lost === 'mine' ? t('undoTheirs') : t('undoMine')}
            </Button>
            <IconButton small icon="close" label={t('keep')} onClick={() => dismiss(conflict)} />
          </div>
        );
      })}
    </div>
  );
}
