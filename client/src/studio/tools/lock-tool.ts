import { atomsBetween, brushed, type Place, placeOf, type Tool } from './tool.ts';

/** Locks atoms under the brush; a stroke that begins on a locked atom unlocks. */
export const lockTool: Tool = (session) => {
  let stroke: { locked: boolean; last: Place; under: Set<number> } | null = null;
  const covered = (from: Place, to: Place) => brushed(session, atomsBetween(session, from, to));
  const show = (under: Iterable<number>) => {
    session.sketch = { kind: 'atoms', atoms: under, beat: null };
    session.repaint('sketch');
  };
  return {
    cursor: 'crosshair',
    down(at) {
      const atom = session.atomAt(at.lon, at.lat);
      if (atom === null) return;
      stroke = {
        locked: session.view.lockedAtoms[atom] === 0,
        last: placeOf(at),
        under: covered(placeOf(at), placeOf(at)),
      };
      show(stroke.under);
    },
    drag(at) {
      if (!stroke) return;
      for (const atom of covered(stroke.last, placeOf(at))) stroke.under.add(atom);
      stroke.last = placeOf(at);
      show(stroke.under);
    },
    up() {
      if (!stroke) return;
      const { locked, under } = stroke;
      stroke = null;
      session.sketch = null;
      const now = locked ? 0 : 1;
      const changed = [...under].filter((atom) => session.view.lockedAtoms[atom] === now).sort((a, b) => a - b);
      if (changed.length > 0)
        session.edit('lock', { paint: null, operations: [{ op: 'lock-atoms', atoms: changed, locked }] });
      session.repaint('sketch');
    },
    cancel() {
      stroke = null;
      session.dropPreview();
    },
    hover(at) {
      show(at ? covered(placeOf(at), placeOf(at)) : []);
    },
  };
};
