import { booleanPointInPolygon, feature } from '@turf/turf';
import { createFenceTracker } from '@xunfang/geo-data/geofences';
import { createLocalPlane, pointInPolygon } from '@xunfang/geo-data/geometry';
import { createSeededRandom } from '@xunfang/geo-data/numeric';
import type { Polygon } from 'geojson';
import { type Bench, type BenchRow, formatMs, measure, type Timing } from './bench.ts';

const FENCES = 300;
const UNITS = 2000;
const FIXES = 200_000;
/** The peer is slow: it answers fewer fixes and is compared by rate. */
const PEER_FIXES = 2000;

/** A city of 30 km with 300 fences of 40 corners and a hole each, and 2,000 units that drive about. */
async function run(): Promise<BenchRow[]> {
  const random = createSeededRandom(20_261_124);
  const plane = createLocalPlane(104.05, 30.63);
  const spread = () => (random.uniform() - 0.5) * 30_000;
  const ring = (x: number, y: number, radius: number, corners: number) => {
    const points = Array.from({ length: corners }, (_, i) => {
      const turn = (2 * Math.PI * i) / corners;
      const reach = radius * (1 + 0.2 * Math.sin(3 * turn));
      return plane.pointFromMeters(x + reach * Math.cos(turn), y + reach * Math.sin(turn));
    });
    return [...points, points[0]];
  };
  const fences = Array.from({ length: FENCES }, (): Polygon => {
    const [x, y, radius] = [spread(), spread(), 150 + 850 * random.uniform()];
    return { type: 'Polygon', coordinates: [ring(x, y, radius, 40), ring(x, y, radius / 4, 12)] };
  });
  const lon = new Float64Array(FIXES);
  const lat = new Float64Array(FIXES);
  const at = Array.from({ length: UNITS }, () => [spread(), spread()]);
  for (let i = 0; i < FIXES; i++) {
    const place = at[i % UNITS];
    place[0] += (random.uniform() - 0.5) * 30;
    place[1] += (random.uniform() - 0.5) * 30;
    [lon[i], lat[i]] = plane.pointFromMeters(place[0], place[1]);
  }

  let crossings = 0;
  const ours = await measure(() => {
    const tracker = createFenceTracker(plane);
    tracker.setFences(
      fences.map((geometry, id) => ({
        id,
        geometry,
        marginMeters: 20,
        confirmFixes: 2,
        confirmMs: 0,
        holdsFor: () => true,
      })),
    );
    crossings = 0;
    for (let i = 0; i < FIXES; i++)
      tracker.note(i % UNITS, lon[i], lat[i], Math.floor(i / UNITS) * 1000, Number.NaN, () => crossings++);
  });
  const features = fences.map((fence) => feature(fence));
  let held = 0;
  const turf = await measure(() => {
    held = 0;
    for (let i = 0; i < PEER_FIXES; i++)
      for (const fence of features) if (booleanPointInPolygon([lon[i], lat[i]], fence)) held++;
  }, 3);
  let expected = 0;
  for (let i = 0; i < PEER_FIXES; i++)
    for (const fence of fences) if (pointInPolygon(lon[i], lat[i], fence)) expected++;
  if (held !== expected) throw new Error(`turf finds ${held} fixes in fences, our polygon test ${expected}.`);
  const ratio = perSecond(FIXES, ours) / perSecond(PEER_FIXES, turf);
  return [
    {
      what: `fixes against ${FENCES} fences of 52 corners, ${UNITS} units`,
      ours: `${rate(FIXES, ours)}, ${formatMs(ours)}`,
      peer: `turf booleanPointInPolygon over all fences: ${rate(PEER_FIXES, turf)}`,
      ratio: `${ratio.toFixed(0)} ×`,
      note: `ours also tells ${crossings} crossings with hysteresis, the peer only which fences hold the fix`,
    },
  ];
}

const perSecond = (count: number, { medianMs }: Timing) => (count / medianMs) * 1000;
const rate = (count: number, timing: Timing) =>
  `${Math.round(perSecond(count, timing) / 1000).toLocaleString('en')} k fixes/s`;

export const bench: Bench = { name: 'geofences', run };
