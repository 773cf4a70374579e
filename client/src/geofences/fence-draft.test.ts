import { describe, expect, it } from 'vitest';
import {
  addCorner,
  areaOf,
  chooseNext,
  draftOf,
  dropRing,
  EMPTY_DRAFT,
  finishRing,
  insertCorner,
  moveCorner,
  removeChosen,
  removeHole,
  startHole,
} from './fence-draft.ts';

const SQUARE = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
] as const;
const HOLE = [
  [4, 4],
  [6, 4],
  [5, 6],
] as const;
const drawn = finishRing(SQUARE.reduce((draft, corner) => addCorner(draft, corner), EMPTY_DRAFT));
const holed = finishRing(HOLE.reduce((draft, corner) => addCorner(draft, corner), startHole(drawn)));

describe('a fence being drawn', () => {
  it('is no area before its border is finished, and is finished with three corners', () => {
    const two = addCorner(addCorner(EMPTY_DRAFT, [0, 0]), [1, 0]);
    expect(finishRing(two)).toBe(two);
    expect(areaOf(two)).toBeNull();
    expect(areaOf(addCorner(two, [1, 1]))).toBeNull();
    expect(areaOf(drawn)?.coordinates).toEqual([[...SQUARE, SQUARE[0]]]);
    expect(addCorner(drawn, [50, 50])).toBe(drawn);
  });

  it('has holes, which can be given up and removed', () => {
    expect(areaOf(holed)?.coordinates).toEqual([
      [...SQUARE, SQUARE[0]],
      [...HOLE, HOLE[0]],
    ]);
    const half = addCorner(startHole(drawn), [5, 5]);
    expect(areaOf(half)?.coordinates).toHaveLength(1);
    expect(dropRing(half)).toEqual(drawn);
    expect(removeHole(holed, 1)).toEqual(drawn);
    expect(() => removeHole(holed, 0)).toThrow('border');
    expect(dropRing(addCorner(EMPTY_DRAFT, [0, 0]))).toEqual(EMPTY_DRAFT);
  });

  it('has corners that are moved, added and removed, but never fewer than three', () => {
    expect(moveCorner(drawn, 0, 1, [12, 0]).rings[0][1]).toEqual([12, 0]);
    const more = insertCorner(drawn, 0, 3, [-1, 5]);
    expect(more.rings[0]).toEqual([...SQUARE, [-1, 5]]);
    expect(removeChosen(more).rings).toEqual(drawn.rings);
    const triangle = { ...holed, chosen: { ring: 1, corner: 0 } };
    expect(removeChosen(triangle)).toBe(triangle);
  });

  it('is walked round corner by corner, in both directions', () => {
    const chosen = (step: 1 | -1, times: number) => {
      let draft = holed;
      for (let i = 0; i < times; i++) draft = chooseNext(draft, step);
      return draft.chosen;
    };
    expect(chosen(1, 1)).toEqual({ ring: 0, corner: 0 });
    expect(chosen(1, 5)).toEqual({ ring: 1, corner: 0 });
    expect(chosen(1, 8)).toEqual({ ring: 0, corner: 0 });
    expect(chosen(-1, 1)).toEqual({ ring: 1, corner: 2 });
  });

  it('comes back as it was saved; several parts have no draft', () => {
    const area = areaOf(holed);
    if (area === null) throw new Error('The drawn fence has no area.');
    expect(draftOf(area)?.rings).toEqual(holed.rings);
    expect(draftOf({ type: 'MultiPolygon', coordinates: [area.coordinates] })?.rings).toEqual(holed.rings);
    expect(draftOf({ type: 'MultiPolygon', coordinates: [area.coordinates, area.coordinates] })).toBeUndefined();
  });
});
