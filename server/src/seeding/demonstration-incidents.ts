import { createSeededRandom } from '@xunfang/geo-data/numeric';
import { createIncidentSurface, DEMONSTRATION_PROFILES, generateIncidents } from '@xunfang/geo-data/simulation';
import { buildRoadGraph, type RoadEdgeCollection } from '@xunfang/geo-data/streets';
import { readBoundary, readCollection } from './dataset.ts';
import { incidentClocks } from './incident-clocks.ts';
import type { SeedIncident } from './incident-rows.ts';

/** One seed for places, months and clocks; the hot spots are the same on every installation. */
export const DEMONSTRATION_SEED = 510_107;
const MONTHS = 18;
const EXPECTED_COUNT = 22_000;

/** Eighteen months up to now of the process described in geo-data/src/simulation, with the clocks of each incident. */
export async function demonstrationIncidents(
  slug: string,
  timeZone: string,
  nowSeconds: number,
): Promise<SeedIncident[]> {
  const graph = buildRoadGraph((await readCollection(slug, 'roads.geojson')) as RoadEdgeCollection);
  const surface = createIncidentSurface({
    seed: DEMONSTRATION_SEED,
    graph,
    boundary: await readBoundary(slug),
    profiles: DEMONSTRATION_PROFILES,
  });
  const generated = generateIncidents({
    seed: DEMONSTRATION_SEED,
    surface,
    timeZone,
    endsAtSeconds: nowSeconds,
    months: MONTHS,
    expectedCount: EXPECTED_COUNT,
  });
  const random = createSeededRandom(DEMONSTRATION_SEED);
  return Array.from({ length: generated.count }, (_, row) => {
    const profile = surface.profiles[generated.profile[row]];
    const receivedAtSeconds = generated.receivedAtSeconds[row];
    return {
      sourceKey: String(row + 1),
      occurredAtSeconds: generated.occurredAtSeconds[row],
      receivedAtSeconds,
      lon: generated.lon[row],
      lat: generated.lat[row],
      category: profile.categoryId,
      priority: profile.priority,
      selfInitiated: generated.selfInitiated[row] === 1,
      address: generated.address[row],
      events: incidentClocks(random, receivedAtSeconds, nowSeconds),
    };
  });
}
