import type { HotspotColumns } from '@xunfang/geo-data/contract';
import { describe, expect, it } from 'vitest';
import { classifyGrid, UNDRAWN } from './hotspot-classes.ts';

function grid(count: number[], giZ: number[] = count, giQ: number[] = count.map(() => 1)): HotspotColumns {
  return {
    cellHi: new Uint32Array(count.length),
    cellLo: new Uint32Array(count.length),
    count: Uint32Array.from(count),
    ratePerKm2: Float32Array.from(count),
    densityPerKm2: Float32Array.from(count),
    giZ: Float32Array.from(giZ),
    giQ: Float32Array.from(giQ),
  };
}

describe('classes of the hotspot grid', () => {
  it('leaves zero undrawn and makes the highest value the brightest, however few classes there are', () => {
    const { classOfCell, colours } = classifyGrid(grid([0, 1, 1, 9]), 'count');
    expect(classOfCell[0]).toBe(UNDRAWN);
    expect(classOfCell[3]).toBe(colours.length - 1);
    expect(colours.at(-1)?.colour).toBe('#FFEA46');
    expect(classifyGrid(grid([0, 3]), 'count').colours).toEqual([{ colour: '#FFEA46', opacity: 0.78 }]);
  });

  it('orders classes as the values are ordered and states their lower bounds', () => {
    const values = Array.from({ length: 60 }, (_, index) => index);
    const { classOfCell, lowerBounds } = classifyGrid(grid(values), 'rate');
    for (let cell = 2; cell < 60; cell++) expect(classOfCell[cell]).toBeGreaterThanOrEqual(classOfCell[cell - 1]);
    expect(lowerBounds[0]).toBe(1);
    expect([...lowerBounds].sort((a, b) => a - b)).toEqual(lowerBounds);
  });

  it('takes significance from q and its side from z', () => {
    const { classOfCell } = classifyGrid(
      grid([5, 5, 5, 0, 0, 0], [4, 2.5, 1, -4, -2.5, -1], [0.001, 0.04, 0.2, 0.001, 0.04, 0.2]),
      'significance',
    );
    expect([...classOfCell]).toEqual([4, 3, 2, 0, 1, UNDRAWN]);
  });

  it('has nothing to draw for an empty grid', () => {
    const { classOfCell, colours } = classifyGrid(grid([0, 0]), 'density');
    expect([...classOfCell]).toEqual([UNDRAWN, UNDRAWN]);
    expect(colours).toEqual([]);
  });
});
