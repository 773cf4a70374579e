import { gridDisk, latLngToCell } from 'h3-js';
import { cellCentres, createLocalPlane, hexToCells, type PointColumns } from '../src/geometry/index.ts';
import { type DensityKernel, kernelDensity } from '../src/hotspots/index.ts';
import { createSeededRandom } from '../src/numeric/index.ts';
import type { Bench, BenchRow } from './bench.ts';
import { formatMs, measure } from './bench.ts';

const EVENTS = 20_000;
const plane = createLocalPlane(104.06, 30.65);

function makeEvents(): PointColumns {
  const random = createSeededRandom(31);
  const draw = (): Float64Array => Float64Array.from({ length: EVENTS }, () => random.normal(0, 6000));
  return plane.fromMeters(draw(), draw());
}

function directSum(events: PointColumns, places: PointColumns, kernel: DensityKernel, h: number): Float64Array {
  const from = plane.toMeters(events.lon, events.lat);
  const at = plane.toMeters(places.lon, places.lat);
  const density = new Float64Array(places.lon.length);
  for (let place = 0; place < density.length; place++) {
    let sum = 0;
    for (let event = 0; event < EVENTS; event++) {
      const d2 = (from.xMeters[event] - at.xMeters[place]) ** 2 + (from.yMeters[event] - at.yMeters[place]) ** 2;
      const u2 = d2 / (h * h);
      if (kernel === 'gaussian') sum += Math.exp(-u2 / 2);
      else if (u2 < 1) sum += 1 - u2;
    }
    density[place] = (sum * (kernel === 'gaussian' ? 0.5 : 2) * 1e6) / (Math.PI * h * h);
  }
  return density;
}

async function compare(kernel: DensityKernel, bandwidthMeters: number): Promise<BenchRow> {
  const events = makeEvents();
  const places = cellCentres(hexToCells(gridDisk(latLngToCell(30.65, 104.06, 9), 40)));
  const options = { kernel, bandwidthMeters, plane };
  const ours = await measure(() => kernelDensity(events, places, options), 5);
  const direct = await measure(() => directSum(events, places, kernel, bandwidthMeters), 3);
  const density = kernelDensity(events, places, options);
  const expected = directSum(events, places, kernel, bandwidthMeters);
  const largest = expected.reduce((most, value) => Math.max(most, value), 0);
  const error = density.reduce((most, value, row) => Math.max(most, Math.abs(value - expected[row])), 0) / largest;
  if (!(error < 1e-9)) throw new Error(`Density differs from the direct sum by ${error} when expected < 1e-9.`);
  return {
    what: `${kernel}, h = ${bandwidthMeters} m: 20,000 events at ${places.lon.length.toLocaleString('en')} cells`,
    ours: formatMs(ours),
    peer: `direct sum: ${formatMs(direct)}`,
    ratio: `${(direct.medianMs / ours.medianMs).toFixed(1)}×`,
    note: `largest difference ${error.toExponential(1)} of the largest density`,
  };
}

export const bench: Bench = {
  name: 'kernel density',
  async run() {
    return [await compare('epanechnikov', 500), await compare('gaussian', 300)];
  },
};
