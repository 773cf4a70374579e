import { isBeatLocked, splitBeat, UNASSIGNED } from '@xunfang/geo-data/beats';
import { translate } from '../../i18n/index.ts';
import { toast } from '../../ui/index.ts';
import { toolMessages } from '../messages-tools.ts';
import type { StudioSession } from '../studio-session.ts';
import { useStudio } from '../studio-store.ts';
import { newBeat } from './new-beat.ts';
import { atomsBetween, type Place, placeOf, type Tool } from './tool.ts';

/** Draws a line through a beat; the smaller side becomes a beat of its own in the same zone. */
export const splitTool: Tool = (session) => {
  let places: Place[] = [];
  return {
    cursor: 'crosshair',
    down(at) {
      places = [placeOf(at)];
      session.sketch = { kind: 'line', places, closed: false };
      session.repaint('sketch');
    },
    drag(at) {
      places.push(placeOf(at));
      session.repaint('sketch');
    },
    up() {
      session.sketch = null;
      session.repaint('sketch');
      cut(session, places);
      places = [];
    },
    cancel() {
      places = [];
      session.dropPreview();
    },
  };
};

function cut(session: StudioSession, line: readonly Place[]): void {
  const t = translate(toolMessages);
  const beat = beatCrossedMost(session, line);
  if (beat === null) return;
  const { view } = session;
  if (isBeatLocked(view, beat)) {
    toast(t('beatLocked'), { tone: 'warn' });
    return;
  }
  const { atoms } = session.ground;
  const side = splitBeat({ atoms, links: session.links, beatOfAtom: view.beatOfAtom, beat, line });
  const free = side.filter((atom) => view.lockedAtoms[atom] === 0);
  if (free.length === 0) {
    toast(t('splitNothing'));
    return;
  }
  const key = view.beats.length;
  const paint = {
    atoms: free,
    before: new Uint16Array(free.length).fill(beat),
    after: new Uint16Array(free.length).fill(key),
  };
  const as = newBeat(view, view.beats[beat].zone, view.beats[beat].colour);
  if (session.edit('split', { paint, operations: [{ op: 'add-beat', beat: key, as }] }))
    useStudio.setState({ beat: key });
}

/** The beat in which most of the line lies; the chosen one if the line touches it. */
function beatCrossedMost(session: StudioSession, line: readonly Place[]): number | null {
  const passed = new Map<number, number>();
  for (let i = 1; i < line.length; i++)
    for (const atom of atomsBetween(session, line[i - 1], line[i])) {
      const beat = session.view.beatOfAtom[atom];
      if (beat !== UNASSIGNED) passed.set(beat, (passed.get(beat) ?? 0) + 1);
    }
  const { beat: chosen } = useStudio.getState();
  if (chosen !== null && passed.has(chosen)) return chosen;
  return [...passed].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}
