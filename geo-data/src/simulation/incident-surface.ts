import type { Polygon } from 'geojson';
import { pointInPolygon } from '../geometry/index.ts';
import { createSeededRandom, type SeededRandom } from '../numeric/index.ts';
import type { RoadGraph } from '../streets/index.ts';
import { type CategoryProfile, SETTINGS } from './category-profiles.ts';
import { roadClassAttraction, type StreetPoints, sampleStreetPoints } from './street-points.ts';
import { cumulativeWeights, weightedChoice } from './weighted-choice.ts';

export interface SurfaceOptions {
  seed: number;
  graph: RoadGraph;
  boundary: Polygon;
  profiles: readonly CategoryProfile[];
}

/** Where incidents happen: the hot spots of one seed, the same for generated months and for live calls. */
export interface IncidentSurface {
  boundary: Polygon;
  profiles: readonly CategoryProfile[];
  points: StreetPoints;
  /** Cumulative weight of each street point outside the clusters. */
  backgroundSums: Float64Array;
  clusters: readonly Cluster[];
  /** Per profile, cumulative weight of each cluster. */
  clusterSumsOfProfile: readonly Float64Array[];
}

interface Cluster {
  setting: number;
  weight: number;
  /** Street points within three standard deviations and their cumulative Gaussian weight. */
  members: Uint32Array;
  sums: Float64Array;
}

export interface IncidentPlace {
  lon: number;
  lat: number;
  /** Street point it stands by. */
  point: number;
  address: string;
}

const CLUSTER_COUNT = 64;
/** Share of incidents that belong to a cluster; the rest is spread along all streets. */
const CLUSTERED_SHARE = 0.68;
const SPREAD_METERS = [45, 130] as const;
const BESIDE_STREET_METERS = 11;
/** Weight of a cluster for a category whose settings do not include it. */
const FOREIGN_SETTING = 0.06;

/**
 * A Neyman-Scott process on the streets: parents at random street points with log-normal weights and Gaussian spread,
 * each with a setting that suits some categories. O(clusters · street points).
 */
export function createIncidentSurface({ seed, graph, boundary, profiles }: SurfaceOptions): IncidentSurface {
  if (profiles.length === 0) throw new RangeError('Got 0 category profiles, expected at least 1.');
  const random = createSeededRandom(seed);
  const points = sampleStreetPoints(graph, boundary);
  const backgroundSums = cumulativeWeights(Float64Array.from(points.roadClass, roadClassAttraction));
  const clusters = Array.from({ length: CLUSTER_COUNT }, (_, i) => {
    const parent = weightedChoice(random, backgroundSums);
    const spread = SPREAD_METERS[0] + (SPREAD_METERS[1] - SPREAD_METERS[0]) * random.uniform();
    return {
      ...clusterAround(points, parent, spread),
      setting: i % SETTINGS.length,
      weight: Math.exp(random.normal(0, 0.6)),
    };
  });
  const clusterSumsOfProfile = profiles.map(({ settings }) =>
    cumulativeWeights(
      clusters.map(({ setting, weight }) => weight * (settings.includes(SETTINGS[setting]) ? 1 : FOREIGN_SETTING)),
    ),
  );
  return { boundary, profiles, points, backgroundSums, clusters, clusterSumsOfProfile };
}

/** A place for an incident of profile `profile`, on the surface, beside a street and inside the boundary. */
export function samplePlace(random: SeededRandom, surface: IncidentSurface, profile: number): IncidentPlace {
  if (random.uniform() >= CLUSTERED_SHARE) {
    return placeBeside(random, surface, weightedChoice(random, surface.backgroundSums));
  }
  const cluster = surface.clusters[weightedChoice(random, surface.clusterSumsOfProfile[profile])];
  return placeBeside(random, surface, cluster.members[weightedChoice(random, cluster.sums)]);
}

/** Another place at most `withinMeters` along the streets around `place`; nearer ones come more often. */
export function samplePlaceNear(
  random: SeededRandom,
  surface: IncidentSurface,
  place: IncidentPlace,
  withinMeters: number,
): IncidentPlace {
  const { members, sums } = clusterAround(surface.points, place.point, withinMeters / 3);
  return placeBeside(random, surface, members[weightedChoice(random, sums)]);
}

function clusterAround(points: StreetPoints, centre: number, spreadMeters: number): Pick<Cluster, 'members' | 'sums'> {
  const members: number[] = [];
  const weights: number[] = [];
  const reach = (3 * spreadMeters) ** 2;
  for (let i = 0; i < points.count; i++) {
    const square =
      (points.xMeters[i] - points.xMeters[centre]) ** 2 + (points.yMeters[i] - points.yMeters[centre]) ** 2;
    if (square > reach) continue;
    members.push(i);
    weights.push(Math.exp(-square / (2 * spreadMeters ** 2)) * roadClassAttraction(points.roadClass[i]));
  }
  return { members: Uint32Array.from(members), sums: cumulativeWeights(weights) };
}

function placeBeside(random: SeededRandom, { boundary, points }: IncidentSurface, point: number): IncidentPlace {
  const aside = random.normal(0, BESIDE_STREET_METERS);
  const number = points.houseNumber[point] + (aside > 0 ? 1 : 0);
  const address = `${points.names[points.nameIndex[point]]}${number}号${random.uniform() < 0.6 ? '附近' : ''}`;
  const x = points.xMeters[point];
  const y = points.yMeters[point];
  const [lon, lat] = points.plane.pointFromMeters(x + points.acrossX[point] * aside, y + points.acrossY[point] * aside);
  if (pointInPolygon(lon, lat, boundary)) return { lon, lat, point, address };
  const [streetLon, streetLat] = points.plane.pointFromMeters(x, y);
  return { lon: streetLon, lat: streetLat, point, address };
}
