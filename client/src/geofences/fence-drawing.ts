import { type GestureMode, type GesturePoint, mapCamera } from '../map/index.ts';
import { beginStep, dragDraft, editDraft, useFenceEditor } from './draft-store.ts';
import { addCorner, type FenceDraft, finishRing, insertCorner, moveCorner } from './fence-draft.ts';
import { middlesOf } from './geofence-layers.ts';

/** As near as a hand on a mouse is. */
const REACH_PX = 11;

function near(place: GesturePoint, [lon, lat]: readonly [number, number]): boolean {
  const point = mapCamera.screenOf(lon, lat);
  return point !== null && Math.hypot(point.x - place.x, point.y - place.y) <= REACH_PX;
}

/** What the pointer has taken hold of: a corner, or the middle of an edge that becomes one as it is moved. */
interface Held {
  ring: number;
  corner: number;
  isNew: boolean;
  moved: boolean;
}

function cornerAt({ rings, drawing }: FenceDraft, place: GesturePoint): Held | undefined {
  for (const [ring, corners] of rings.entries()) {
    const corner = ring === drawing ? -1 : corners.findIndex((at) => near(place, at));
    if (corner >= 0) return { ring, corner, isNew: false, moved: false };
  }
  return undefined;
}

function middleAt(draft: FenceDraft, place: GesturePoint): Held | undefined {
  const middle = middlesOf(draft).find(({ at }) => near(place, at));
  return middle && { ring: middle.ring, corner: middle.after + 1, isNew: true, moved: false };
}

/** The pointer while a fence is drawn: clicks add corners, the first corner closes the ring; corners and middles of edges are dragged. */
export function fenceDrawing(onMove: (place: GesturePoint) => void): GestureMode {
  let held: Held | null = null;
  const letGo = () => {
    held = null;
  };
  const current = () => useFenceEditor.getState().draft;
  return {
    cursor: 'crosshair',
    click(place) {
      const draft = current();
      if (!draft) return;
      if (draft.drawing === null) {
        editDraft((before) => ({ ...before, chosen: null }));
        return;
      }
      const first = draft.rings[draft.drawing].at(0);
      const closes = first !== undefined && near(place, first);
      editDraft((before) => (closes ? finishRing(before) : addCorner(before, [place.lon, place.lat])));
    },
    // Both clicks of it have added the corner, the second at the place of the first.
    doubleClick: () => editDraft((before) => finishRing(withoutLastTwin(before))),
    hover: (place) => place && onMove(place),
    takes(place) {
      const draft = current();
      if (!draft || draft.drawing !== null) return false;
      held = cornerAt(draft, place) ?? middleAt(draft, place) ?? null;
      if (held === null) return false;
      const { ring, corner, isNew } = held;
      // Taking hold chooses; only moving is a step that can be taken back.
      if (!isNew) editDraft((before) => ({ ...before, chosen: { ring, corner } }));
      return true;
    },
    drag({ lon, lat }) {
      if (held === null) return;
      const { ring, corner, isNew, moved } = held;
      if (!moved) beginStep();
      dragDraft((before) =>
        isNew && !moved
          ? insertCorner(before, ring, corner - 1, [lon, lat])
          : moveCorner(before, ring, corner, [lon, lat]),
      );
      held = { ...held, moved: true };
    },
    up: letGo,
    cancel: letGo,
  };
}

function withoutLastTwin(draft: FenceDraft): FenceDraft {
  const { drawing, rings } = draft;
  if (drawing === null) return draft;
  const ring = rings[drawing];
  const [last, before] = [ring.at(-1), ring.at(-2)];
  const [a, b] = [last && mapCamera.screenOf(...last), before && mapCamera.screenOf(...before)];
  const twins = a && b && Math.hypot(a.x - b.x, a.y - b.y) <= REACH_PX;
  return twins ? { ...draft, rings: rings.with(drawing, ring.slice(0, -1)) } : draft;
}
