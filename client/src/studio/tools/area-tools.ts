import { atomsInLasso, atomsInRectangle } from '@xunfang/geo-data/beats';
import type { StudioSession } from '../studio-session.ts';
import { beginStroke, type Place, placeOf, sayHeld, type Tool } from './tool.ts';

/** Everything between the corner where the hand went down and where it is. */
export const rectangleTool: Tool = (session) =>
  areaTool(session, 'rectangle', (start, at) => {
    session.sketch = { kind: 'rectangle', from: start, to: at };
    return atomsInRectangle(session.ground.atoms, start, at);
  });

/** Everything in a loop drawn by hand; the loop is closed by itself. */
export const lassoTool: Tool = (session) => {
  let places: Place[] = [];
  return areaTool(session, 'lasso', (start, at) => {
    if (at === start) places = [];
    places.push(at);
    session.sketch = { kind: 'line', places, closed: true };
    return atomsInLasso(session.ground.atoms, places);
  });
};

/** A gesture whose reach may grow and shrink until the hand goes up. */
function areaTool(
  session: StudioSession,
  name: 'rectangle' | 'lasso',
  reach: (start: Place, at: Place) => Uint32Array,
): ReturnType<Tool> {
  let stroke: { beat: number; start: Place; held: number } | null = null;
  return {
    cursor: 'crosshair',
    down(at) {
      const beat = beginStroke(session, at);
      const start = placeOf(at);
      stroke = beat === null ? null : { beat, start, held: 0 };
      if (stroke) reach(start, start);
    },
    drag(at) {
      if (stroke) stroke.held = session.previewOnly(reach(stroke.start, placeOf(at)), stroke.beat);
    },
    up() {
      if (!stroke) return;
      sayHeld(stroke.held);
      stroke = null;
      session.commitPreview(name);
    },
    cancel() {
      stroke = null;
      session.dropPreview();
    },
  };
}
