import { area, bboxPolygon } from '@turf/turf';
import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import type { Bounds } from './basemap-schema.ts';
import { splitByCoastline } from './split-by-coastline.ts';

const frame: Bounds = [0, 0, 1, 1];
const whole = area(bboxPolygon([...frame]));
const share = (lines: Position[][]): { land: number; sea: number } => {
  const { land, sea } = splitByCoastline(lines, frame);
  return { land: area(land) / whole, sea: sea ? area(sea) / whole : 0 };
};

describe('splitByCoastline', () => {
  it('has the land on the left of a coastline that crosses the frame', () => {
    // Northwards at 0.3: land in the west.
    expect(
      share([
        [
          [0.3, 0],
          [0.3, 1],
        ],
      ]).land,
    ).toBeCloseTo(0.3, 2);
    expect(
      share([
        [
          [0.3, 1],
          [0.3, 0],
        ],
      ]).land,
    ).toBeCloseTo(0.7, 2);
  });
  it('joins pieces in any order, reaches past its ends to the frame and cuts what lies outside', () => {
    const pieces = [
      [
        [0.3, 0.5],
        [0.3, 0.98],
      ],
      [
        [0.3, 0.02],
        [0.3, 0.5],
      ],
    ];
    expect(share(pieces).land).toBeCloseTo(0.3, 2);
    expect(
      share([
        [
          [0.3, -5],
          [0.3, 5],
        ],
      ]).land,
    ).toBeCloseTo(0.3, 2);
  });
  it('takes a counter-clockwise ring for an island and two coasts for a strait', () => {
    const island = [
      [0.4, 0.4],
      [0.6, 0.4],
      [0.6, 0.6],
      [0.4, 0.6],
      [0.4, 0.4],
    ];
    expect(share([island]).land).toBeCloseTo(0.04, 3);
    const strait = share([
      [
        [0.3, 0],
        [0.3, 1],
      ],
      [
        [0.7, 1],
        [0.7, 0],
      ],
    ]);
    expect(strait.land).toBeCloseTo(0.6, 2);
    expect(strait.sea).toBeCloseTo(0.4, 2);
  });
  it('takes a clockwise ring for water', () => {
    const pool = [
      [0.4, 0.4],
      [0.4, 0.6],
      [0.6, 0.6],
      [0.6, 0.4],
      [0.4, 0.4],
    ];
    expect(share([pool])).toEqual({ land: expect.closeTo(0.96, 3), sea: expect.closeTo(0.04, 3) });
  });
  it('calls everything land without a coastline, or when it ends in the middle', () => {
    expect(share([])).toEqual({ land: 1, sea: 0 });
    expect(
      share([
        [
          [0.3, 0],
          [0.3, 0.5],
        ],
      ]),
    ).toEqual({ land: 1, sea: 0 });
  });
});
