import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLocalPlane, type PointColumns } from '../geometry/index.ts';
import { createSeededRandom } from '../numeric/index.ts';
import { type DensityKernel, kernelDensity } from './kernel-density.ts';

const plane = createLocalPlane(104.05, 30.65);

function directSum(events: PointColumns, places: PointColumns, kernel: DensityKernel, h: number): Float64Array {
  const at = plane.toMeters(places.lon, places.lat);
  const from = plane.toMeters(events.lon, events.lat);
  return at.xMeters.map((x, place) => {
    let sum = 0;
    for (let event = 0; event < from.xMeters.length; event++) {
      const u = Math.hypot(x - from.xMeters[event], at.yMeters[place] - from.yMeters[event]) / h;
      if (kernel === 'gaussian') sum += Math.exp((-u * u) / 2) / (2 * Math.PI * h * h);
      else if (u < 1) sum += (2 / (Math.PI * h * h)) * (1 - u * u);
    }
    return sum * 1e6;
  });
}

function scatter(count: number, seed: number, spanMeters: number): PointColumns {
  const random = createSeededRandom(seed);
  const draw = (): Float64Array => Float64Array.from({ length: count }, () => (random.uniform() - 0.5) * spanMeters);
  return plane.fromMeters(draw(), draw());
}

const kernels: DensityKernel[] = ['epanechnikov', 'gaussian'];

describe.each(kernels)('kernelDensity, %s', (kernel) => {
  it('equals the direct sum to 1e-9 of the largest density, whatever the bandwidth', () => {
    const input = fc.record({
      seed: fc.nat(),
      events: fc.integer({ min: 0, max: 300 }),
      span: fc.constantFrom(0, 50, 3000, 60_000),
      bandwidthMeters: fc.double({ min: 5, max: 5000, noNaN: true }),
    });
    fc.assert(
      fc.property(input, ({ seed, events, span, bandwidthMeters }) => {
        const from = scatter(events, seed, span);
        const at = scatter(60, seed + 1, 6000);
        const density = kernelDensity(from, at, { kernel, bandwidthMeters, plane });
        const expected = directSum(from, at, kernel, bandwidthMeters);
        const tolerance = 1e-9 * Math.max(1e-300, ...expected);
        const peak = 1e6 / (2 * Math.PI * bandwidthMeters ** 2);
        for (let i = 0; i < expected.length; i++) {
          expect(Math.abs(density[i] - expected[i])).toBeLessThanOrEqual(Math.max(tolerance, 1e-10 * peak));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('integrates to the number of events', () => {
    const steps = 240;
    const side = 25;
    const axis = Float64Array.from({ length: steps * steps }, (_, i) => ((i % steps) - steps / 2 + 0.5) * side);
    const other = Float64Array.from(axis, (_, i) => (Math.floor(i / steps) - steps / 2 + 0.5) * side);
    const density = kernelDensity(scatter(150, 5, 1500), plane.fromMeters(axis, other), {
      kernel,
      bandwidthMeters: 250,
      plane,
    });
    const integral = density.reduce((sum, value) => sum + value, 0) * (side / 1000) ** 2;
    expect(Math.abs(integral / 150 - 1)).toBeLessThan(1e-3);
  });

  it('has its stated peak at a single event, and is about the same on a plane of its own', () => {
    const one: PointColumns = { lon: Float64Array.of(104.05), lat: Float64Array.of(30.65) };
    const peak = (kernel === 'gaussian' ? 1 / (2 * Math.PI) : 2 / Math.PI) / 0.09;
    expect(kernelDensity(one, one, { kernel, bandwidthMeters: 300 })[0]).toBeCloseTo(peak, 12);
    const from = scatter(200, 6, 4000);
    const at = scatter(50, 7, 4000);
    const onGiven = kernelDensity(from, at, { kernel, bandwidthMeters: 800, plane });
    const onOwn = kernelDensity(from, at, { kernel, bandwidthMeters: 800 });
    onGiven.forEach((value, i) => expect(Math.abs(onOwn[i] - value)).toBeLessThan(1e-4 * Math.max(...onGiven)));
  });

  it('is 0 without events, and refuses a bandwidth or a place that is none', () => {
    const at = scatter(2, 1, 10);
    const none = scatter(0, 1, 10);
    expect([...kernelDensity(none, at, { kernel, bandwidthMeters: 100 })]).toEqual([0, 0]);
    expect(kernelDensity(at, none, { kernel, bandwidthMeters: 100 }).length).toBe(0);
    expect(() => kernelDensity(at, at, { kernel, bandwidthMeters: 0 })).toThrow('got 0');
    const nowhere: PointColumns = { lon: Float64Array.of(Number.NaN), lat: Float64Array.of(1) };
    expect(() => kernelDensity(nowhere, at, { kernel, bandwidthMeters: 100 })).toThrow(
      'Point 0 has no finite position',
    );
  });
});
