import { atomsOfBeat, isBeatLocked, paintAtoms, UNASSIGNED } from '@xunfang/geo-data/beats';
import { translate } from '../../i18n/index.ts';
import { toast } from '../../ui/index.ts';
import { toolMessages } from '../messages-tools.ts';
import type { StudioSession } from '../studio-session.ts';
import { useStudio } from '../studio-store.ts';
import { type Place, placeOf, type Tool } from './tool.ts';

/** Drags a beat onto another one, which takes all of it. Shown before the hand goes up. */
export const mergeTool: Tool = (session) => {
  let drag: { absorbed: number; into: number | null; start: Place } | null = null;
  return {
    cursor: 'pointer',
    down(at) {
      const absorbed = session.beatAt(at.lon, at.lat);
      drag = absorbed === null ? null : { absorbed, into: null, start: placeOf(at) };
    },
    drag(at) {
      if (!drag) return;
      session.sketch = { kind: 'line', places: [drag.start, placeOf(at)], closed: false };
      const atom = session.atomAt(at.lon, at.lat);
      const under = atom === null ? null : session.view.beatOfAtom[atom];
      const into = under === drag.absorbed || under === UNASSIGNED ? null : under;
      if (into !== drag.into) {
        drag.into = into;
        session.previewOnly(into === null ? [] : atomsOfBeat(session.view.beatOfAtom, drag.absorbed), into ?? 0);
      } else session.repaint('sketch');
    },
    up() {
      const done = drag;
      drag = null;
      session.dropPreview();
      if (done !== null && done.into !== null) mergeBeats(session, done.absorbed, done.into);
    },
    cancel() {
      drag = null;
      session.dropPreview();
    },
  };
};

/** All of one beat goes to another, and the empty one is removed. Refused, with the reason, where locks keep a part of it. */
export function mergeBeats(session: StudioSession, absorbed: number, into: number): void {
  const { view } = session;
  const t = translate(toolMessages);
  const { edit, held } = paintAtoms(view, atomsOfBeat(view.beatOfAtom, absorbed), into);
  if (held > 0 || isBeatLocked(view, absorbed) || isBeatLocked(view, into)) {
    toast(t('mergeLocked'), { tone: 'warn' });
    return;
  }
  const { removed: _removed, ...as } = view.beats[absorbed];
  if (!session.edit('merge', { paint: edit, operations: [{ op: 'remove-beat', beat: absorbed, as }] })) return;
  useStudio.setState({ beat: into });
}
