import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thinLabels } from './thin-labels.ts';

interface Label {
  lon: number;
  lat: number;
  text: string;
  priority: number;
}
const boxesOf = (labels: readonly Label[]) => ({
  count: labels.length,
  text: (index: number) => labels[index].text,
  lon: (index: number) => labels[index].lon,
  lat: (index: number) => labels[index].lat,
  priority: (index: number) => labels[index].priority,
  sizePx: 12,
});
const label = fc.record({
  lon: fc.double({ min: 104, max: 104.05, noNaN: true }),
  lat: fc.double({ min: 30.6, max: 30.65, noNaN: true }),
  text: fc.constantFrom('巡-07', '第12巡区', 'Beat 3'),
  priority: fc.integer({ min: 0, max: 3 }),
});

describe('thinning of labels', () => {
  it('keeps the more important of two at one place, and both once they are apart', () => {
    const labels = [
      { lon: 104, lat: 30.6, text: '第01巡区', priority: 1 },
      { lon: 104.001, lat: 30.6, text: '第02巡区', priority: 2 },
    ];
    expect(thinLabels(boxesOf(labels), 12)).toEqual([1]);
    expect(thinLabels(boxesOf(labels), 18)).toEqual([1, 0]);
  });

  it('leaves out what is not on the map or has nothing to say', () => {
    const labels = [
      { lon: Number.NaN, lat: Number.NaN, text: '巡-01', priority: 1 },
      { lon: 104, lat: 30.6, text: '', priority: 1 },
    ];
    expect(thinLabels(boxesOf(labels), 14)).toEqual([]);
  });

  it('always shows the most important one, and never hides one without a more important neighbour shown', () => {
    fc.assert(
      fc.property(
        fc.array(label, { minLength: 1, maxLength: 40 }),
        fc.double({ min: 10, max: 18, noNaN: true }),
        (labels, zoom) => {
          const shown = thinLabels(boxesOf(labels), zoom);
          expect(Math.max(...shown.map((index) => labels[index].priority))).toBe(
            Math.max(...labels.map(({ priority }) => priority)),
          );
          for (let index = 0; index < labels.length; index++) {
            if (shown.includes(index)) continue;
            // Alone with those shown before it, it still does not fit.
            const rivals = shown.filter((other) => labels[other].priority >= labels[index].priority);
            const together = [...rivals.map((other) => labels[other]), { ...labels[index], priority: -1 }];
            expect(thinLabels(boxesOf(together), zoom)).not.toContain(together.length - 1);
          }
        },
      ),
    );
  });
});
