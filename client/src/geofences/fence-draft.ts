import type { FenceArea } from '@xunfang/geo-data/contract';

type Point = readonly [lon: number, lat: number];

/** A fence being drawn: rings without their closing point, the border first. All edits are pure and give a new draft. */
export interface FenceDraft {
  readonly rings: readonly (readonly Point[])[];
  /** The ring that clicks add to; null when every ring is finished. */
  readonly drawing: number | null;
  /** The corner that keys move and delete. */
  readonly chosen: { readonly ring: number; readonly corner: number } | null;
}

export const EMPTY_DRAFT: FenceDraft = { rings: [[]], drawing: 0, chosen: null };
const LEAST_CORNERS = 3;

/** undefined for an area of several parts, which has no draft. */
export function draftOf(area: FenceArea): FenceDraft | undefined {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  if (polygons.length !== 1) return undefined;
  return { rings: polygons[0].map((ring) => ring.slice(0, -1)), drawing: null, chosen: null };
}

/** The area of the finished rings; null while there is no border. */
export function areaOf({ rings, drawing }: FenceDraft): Extract<FenceArea, { type: 'Polygon' }> | null {
  const finished = rings.filter((ring, i) => i !== drawing && ring.length >= LEAST_CORNERS);
  if (drawing === 0 || finished.length === 0) return null;
  return { type: 'Polygon', coordinates: finished.map((ring) => [...ring, ring[0]].map(([lon, lat]) => [lon, lat])) };
}

export function addCorner(draft: FenceDraft, point: Point): FenceDraft {
  const { drawing } = draft;
  if (drawing === null) return draft;
  return { ...withRing(draft, drawing, [...draft.rings[drawing], point]), chosen: null };
}

/** A ring of fewer than three corners cannot be finished. */
export function finishRing(draft: FenceDraft): FenceDraft {
  const { drawing, rings } = draft;
  return drawing === null || rings[drawing].length < LEAST_CORNERS ? draft : { ...draft, drawing: null };
}

export function startHole(draft: FenceDraft): FenceDraft {
  if (draft.drawing !== null) return draft;
  return { rings: [...draft.rings, []], drawing: draft.rings.length, chosen: null };
}

/** Gives up the ring being drawn: a hole goes, the border begins anew. */
export function dropRing(draft: FenceDraft): FenceDraft {
  const { drawing } = draft;
  return drawing === null || drawing === 0 ? EMPTY_DRAFT : removeHole(draft, drawing);
}

export function removeHole(draft: FenceDraft, ring: number): FenceDraft {
  if (ring === 0) throw new Error('Ring 0 is the border, expected a hole.');
  return { rings: draft.rings.filter((_, i) => i !== ring), drawing: null, chosen: null };
}

export function moveCorner(draft: FenceDraft, ring: number, corner: number, point: Point): FenceDraft {
  return { ...withRing(draft, ring, draft.rings[ring].with(corner, point)), chosen: { ring, corner } };
}

/** Between a corner and the next one. */
export function insertCorner(draft: FenceDraft, ring: number, after: number, point: Point): FenceDraft {
  const corners = draft.rings[ring].toSpliced(after + 1, 0, point);
  return { ...withRing(draft, ring, corners), chosen: { ring, corner: after + 1 } };
}

/** The last three corners of a ring stay: a hole is removed as a whole. */
export function removeChosen(draft: FenceDraft): FenceDraft {
  const { chosen } = draft;
  if (chosen === null || draft.rings[chosen.ring].length <= LEAST_CORNERS) return draft;
  const corners = draft.rings[chosen.ring].toSpliced(chosen.corner, 1);
  return { ...withRing(draft, chosen.ring, corners), chosen: null };
}

/** The corner `step` further on, over all rings and round again. */
export function chooseNext(draft: FenceDraft, step: 1 | -1): FenceDraft {
  const all = draft.rings.flatMap((corners, ring) => corners.map((_, corner) => ({ ring, corner })));
  if (all.length === 0) return draft;
  const { chosen } = draft;
  const at = all.findIndex(({ ring, corner }) => ring === chosen?.ring && corner === chosen.corner);
  const next = at < 0 ? (step === 1 ? 0 : all.length - 1) : (at + step + all.length) % all.length;
  return { ...draft, chosen: all[next] };
}

function withRing(draft: FenceDraft, ring: number, corners: readonly Point[]): FenceDraft {
  return { ...draft, rings: draft.rings.with(ring, corners) };
}
