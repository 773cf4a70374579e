import { createLocalPlane, type LocalPlane, type PlaneColumns, type PointColumns } from '../geometry/index.ts';
import { bucketPoints } from './point-buckets.ts';

export type DensityKernel = 'epanechnikov' | 'gaussian';

export interface KernelDensityOptions {
  kernel: DensityKernel;
  /** Epanechnikov: the radius of influence. Gaussian: the standard deviation. */
  bandwidthMeters: number;
  /** The metric plane; by default about the middle of the places of evaluation. */
  plane?: LocalPlane;
}

const SQUARE_METERS_PER_SQUARE_KILOMETRE = 1e6;
/** All events left out together add less than this share of what one event adds at its own place. */
const GAUSSIAN_NEGLECTED = 1e-10;

function middle(values: Float64Array): number {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return (lowest + highest) / 2;
}

/** The distance past which a kernel is 0 (Epanechnikov) or neglected (Gaussian) for a number of events. */
function reachMeters(kernel: DensityKernel, bandwidthMeters: number, events: number): number {
  if (kernel === 'epanechnikov') return bandwidthMeters;
  return bandwidthMeters * Math.sqrt(2 * Math.log(Math.max(events, 1) / GAUSSIAN_NEGLECTED));
}

/**
 * Kernel density of events in events per km² at given places (cell centres), on the metric plane:
 * Epanechnikov 2/(πh²)·(1 − d²/h²) for d < h, or Gaussian exp(−d²/2h²)/(2πh²), summed over events, no edge correction.
 * Events are found through a bucket grid; the Gaussian is cut at √(2 ln(n·10¹⁰))·h, so that what is neglected is below
 * 10⁻¹⁰ of one event's own peak. O(places · events within reach). Source: B. W. Silverman, Density Estimation (1986), 4.2.
 * @throws when the bandwidth is not positive, or a column's length or value is not as expected.
 */
export function kernelDensity(events: PointColumns, places: PointColumns, options: KernelDensityOptions): Float64Array {
  const { kernel, bandwidthMeters } = options;
  if (!(bandwidthMeters > 0 && Number.isFinite(bandwidthMeters))) {
    throw new Error(`Bandwidth must be a positive number of metres, got ${bandwidthMeters}.`);
  }
  if (places.lon.length === 0 || events.lon.length === 0) return new Float64Array(places.lon.length);
  const plane = options.plane ?? createLocalPlane(middle(places.lon), middle(places.lat));
  const at = plane.toMeters(places.lon, places.lat);
  return densityOnPlane(plane.toMeters(events.lon, events.lat), at, kernel, bandwidthMeters);
}

function densityOnPlane(
  events: PlaneColumns,
  places: PlaneColumns,
  kernel: DensityKernel,
  bandwidthMeters: number,
): Float64Array {
  const reach = reachMeters(kernel, bandwidthMeters, events.xMeters.length);
  const reach2 = reach * reach;
  const buckets = bucketPoints(events, reach / 2);
  const { xMeters, yMeters, starts, columns, rows } = buckets;
  const h2 = bandwidthMeters * bandwidthMeters;
  const isGaussian = kernel === 'gaussian';
  const peak = (isGaussian ? 1 / (2 * Math.PI * h2) : 2 / (Math.PI * h2)) * SQUARE_METERS_PER_SQUARE_KILOMETRE;
  const exponent = -1 / (2 * h2);
  const density = new Float64Array(places.xMeters.length);
  for (let place = 0; place < density.length; place++) {
    const x = places.xMeters[place];
    const y = places.yMeters[place];
    const firstColumn = Math.max(0, Math.floor((x - reach - buckets.minX) / buckets.sideMeters));
    const lastColumn = Math.min(columns - 1, Math.floor((x + reach - buckets.minX) / buckets.sideMeters));
    const firstRow = Math.max(0, Math.floor((y - reach - buckets.minY) / buckets.sideMeters));
    const lastRow = Math.min(rows - 1, Math.floor((y + reach - buckets.minY) / buckets.sideMeters));
    if (firstColumn > lastColumn) continue;
    let sum = 0;
    for (let row = firstRow; row <= lastRow; row++) {
      // Buckets of one row are neighbours in memory: one run of events per row.
      const end = starts[row * columns + lastColumn + 1];
      for (let event = starts[row * columns + firstColumn]; event < end; event++) {
        const dx = xMeters[event] - x;
        const dy = yMeters[event] - y;
        const d2 = dx * dx + dy * dy;
        if (d2 < reach2) sum += isGaussian ? Math.exp(d2 * exponent) : 1 - d2 / h2;
      }
    }
    density[place] = sum * peak;
  }
  return density;
}
