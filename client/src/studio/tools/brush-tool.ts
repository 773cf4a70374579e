import { useStudio } from '../studio-store.ts';
import { atomsBetween, beginStroke, brushed, type Place, placeOf, sayHeld, type Tool } from './tool.ts';

/** Paints what lies under the brush, without gaps however fast the hand is. */
export const brushTool: Tool = (session) => {
  let stroke: { beat: number; last: Place; held: Set<number> } | null = null;

  const covered = (from: Place, to: Place) => brushed(session, atomsBetween(session, from, to));
  const paint = (to: Place) => {
    if (!stroke) return;
    const under = covered(stroke.last, to);
    session.sketch = { kind: 'atoms', atoms: covered(to, to), beat: stroke.beat };
    session.preview(under, stroke.beat);
    for (const atom of under) if (session.shown[atom] !== stroke.beat) stroke.held.add(atom);
    stroke.last = to;
  };
  return {
    cursor: 'crosshair',
    down(at) {
      const beat = beginStroke(session, at);
      stroke = beat === null ? null : { beat, last: placeOf(at), held: new Set() };
      paint(placeOf(at));
    },
    drag: (at) => paint(placeOf(at)),
    up() {
      if (!stroke) return;
      sayHeld(stroke.held.size);
      stroke = null;
      session.commitPreview('brush');
    },
    cancel() {
      stroke = null;
      session.dropPreview();
    },
    hover(at) {
      session.sketch = at && {
        kind: 'atoms',
        atoms: covered(placeOf(at), placeOf(at)),
        beat: useStudio.getState().beat,
      };
      session.repaint('sketch');
    },
  };
};
