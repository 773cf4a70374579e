import { haversineDistanceMeters } from '../geometry/index.ts';
import { createPathWorkspace, type PathWorkspace } from './path-workspace.ts';
import type { RoadPosition } from './place-on-segment.ts';
import { createRoadDistances, type RoadDistances } from './road-distances.ts';
import { NO_EDGE } from './road-graph.ts';
import type { RoadIndex } from './road-index.ts';
import { nearestOnEdge, roadsNear } from './roads-near.ts';

export interface MatchRules {
  /** Standard deviation of a fix. */
  sigmaMeters: number;
  /** How far the driven way and the straight line between two fixes differ on average. */
  betaMeters: number;
  /** Streets further from a fix are not thought of. */
  radiusMeters: number;
  mostCandidates: number;
  /** What lies further apart in time is matched apart. */
  maxGapSeconds: number;
  /** Nobody drives that much further than the straight line between two fixes. */
  maxDetourMeters: number;
  /** Nobody drives faster than this along the way. */
  maxSpeedKmh: number;
  /**
   * So many fixes since the last one matched that cannot be driven to are left out as wrong; one more, and the drive starts anew from the
   * first of them. Fixes close to the last one matched and fixes without a road in reach neither count nor begin the count again.
   */
  mostOutliers: number;
}

export const MATCH_RULES: MatchRules = {
  sigmaMeters: 8,
  betaMeters: 10,
  radiusMeters: 60,
  mostCandidates: 16,
  maxGapSeconds: 180,
  maxDetourMeters: 1500,
  maxSpeedKmh: 220,
  mostOutliers: 3,
};

/**
 * Fixes closer together than so many sigma tell noise, not a way, and so much of a way back along a street is noise as well. The paper
 * takes two; with four, fixes at 1 Hz with 10 m of noise over Chengdu gave a third of the wrong metres.
 */
const SPACING_SIGMAS = 4;

/** Where on the roads a track ran. */
export interface RoadMatch {
  /** A row for every fix: its edge or `NO_EDGE`, where along it (0 to 1), and how far off it the fix lies (NaN without an edge). */
  edge: Uint32Array;
  fraction: Float64Array;
  distanceMeters: Float64Array;
  /** The drive without a break a fix belongs to; `NO_EDGE` where it has no edge. */
  part: Uint32Array;
  partCount: number;
  /** The edges of part p in driving order are `pathEdges[pathOffset[p] .. pathOffset[p + 1] - 1]`; each ends where the next begins. */
  pathOffset: Uint32Array;
  pathEdges: Uint32Array;
}

/**
 * Matches a track to the roads: a hidden Markov model whose hidden states are places on edges near each fix (Newson & Krumm, Hidden
 * Markov map matching through noise and sparseness, ACM GIS 2009). How likely a place is falls with its distance from the fix (normal,
 * `sigmaMeters`), how likely a way between two places with the difference between the driven metres and the straight line between
 * the fixes (exponential, `betaMeters`). Viterbi's algorithm finds the likeliest drive as a whole: a fix nearer to a parallel or
 * crossing street stays on the one that was driven.
 *
 * Fixes close to the one before say nothing new about the way and are put onto it afterwards (as in the paper). A fix without a road in
 * reach is left out, and so is one that cannot be driven to; more than `mostOutliers` of the latter, or silence, end a part. Driving against a one-way street is not thought of.
 *
 * O(n · c · search) with c candidates; the searches stay within the distance of two fixes and `maxDetourMeters`. Columns of equal length, time in
 * seconds that never runs backwards; else a RangeError.
 */
export function matchToRoads(
  index: RoadIndex,
  track: { seconds: ArrayLike<number>; lon: ArrayLike<number>; lat: ArrayLike<number> },
  rules: Partial<MatchRules> = {},
  workspace: PathWorkspace = createPathWorkspace(index.graph),
): RoadMatch {
  const count = track.seconds.length;
  if (track.lon.length !== count || track.lat.length !== count)
    throw new RangeError(
      `The track has ${count} times, ${track.lon.length} longitudes and ${track.lat.length} latitudes.`,
    );
  for (let row = 1; row < count; row++)
    if (!(track.seconds[row] >= track.seconds[row - 1]))
      throw new RangeError(`Fix ${row} is at ${track.seconds[row]} s, expected at least ${track.seconds[row - 1]}.`);
  const matcher: Matcher = {
    index,
    track,
    rules: { ...MATCH_RULES, ...rules },
    distances: createRoadDistances(index.graph, workspace),
    edge: new Uint32Array(count).fill(NO_EDGE),
    fraction: new Float64Array(count),
    distanceMeters: new Float64Array(count).fill(Number.NaN),
    part: new Uint32Array(count).fill(NO_EDGE),
    pathOffset: [0],
    pathEdges: [],
  };
  for (let row = 0; row < count; ) row = matchPart(matcher, row);
  const { edge, fraction, distanceMeters, part, pathOffset, pathEdges } = matcher;
  return {
    edge,
    fraction,
    distanceMeters,
    part,
    partCount: pathOffset.length - 1,
    pathOffset: Uint32Array.from(pathOffset),
    pathEdges: Uint32Array.from(pathEdges),
  };
}

interface Matcher {
  index: RoadIndex;
  track: { seconds: ArrayLike<number>; lon: ArrayLike<number>; lat: ArrayLike<number> };
  rules: MatchRules;
  distances: RoadDistances;
  edge: Uint32Array;
  fraction: Float64Array;
  distanceMeters: Float64Array;
  part: Uint32Array;
  pathOffset: number[];
  pathEdges: number[];
}

/** One fix of the trellis: its candidates, the likelihood of the best drive to each, and over which candidate of the fix before it came. */
interface Layer {
  row: number;
  places: RoadPosition[];
  score: Float64Array;
  from: Int32Array;
}

/** Matches from `first` on until the drive breaks; returns the row at which the next part begins. */
function matchPart(matcher: Matcher, first: number): number {
  const { track, rules } = matcher;
  const layers: Layer[] = [];
  const close: number[] = [];
  let outliers: number[] = [];
  let row = first;
  for (; row < track.seconds.length; row++) {
    const last = layers.at(-1);
    if (last !== undefined) {
      if (track.seconds[row] - track.seconds[row - 1] > rules.maxGapSeconds) break;
      if (metersBetween(track, last.row, row) < SPACING_SIGMAS * rules.sigmaMeters) {
        close.push(row);
        continue;
      }
    }
    const layer = layerOf(matcher, row);
    if (layer.places.length === 0) continue;
    if (last === undefined || reach(matcher, last, layer)) {
      layers.push(layer);
      outliers = [];
      continue;
    }
    outliers.push(row);
    if (outliers.length > rules.mostOutliers) {
      row = outliers[0];
      break;
    }
  }
  if (layers.length > 0)
    finishPart(
      matcher,
      layers,
      close.filter((closeRow) => closeRow < row),
    );
  return row;
}

function layerOf({ index, track, rules }: Matcher, row: number): Layer {
  const places = roadsNear(index, track.lon[row], track.lat[row], rules.radiusMeters, rules.mostCandidates);
  const score = Float64Array.from(places, ({ distanceMeters }) => -0.5 * (distanceMeters / rules.sigmaMeters) ** 2);
  return { row, places, score, from: new Int32Array(places.length).fill(-1) };
}

/** Adds to each candidate the best way to it; false when there is none to any. */
function reach({ track, rules, distances }: Matcher, before: Layer, layer: Layer): boolean {
  const straight = metersBetween(track, before.row, layer.row);
  const seconds = track.seconds[layer.row] - track.seconds[before.row];
  // A fix is off by some sigma itself, so the shortest of times leaves room.
  const fastest = 6 * rules.sigmaMeters + (seconds * rules.maxSpeedKmh) / 3.6;
  const limit = Math.min(straight + rules.maxDetourMeters, fastest);
  const meters = distances.between(before.places, layer.places, limit, SPACING_SIGMAS * rules.sigmaMeters);
  const width = layer.places.length;
  let reached = false;
  for (let to = 0; to < width; to++) {
    let best = Number.NEGATIVE_INFINITY;
    for (let from = 0; from < before.places.length; from++) {
      const score = before.score[from] - Math.abs(meters[from * width + to] - straight) / rules.betaMeters;
      if (score <= best) continue;
      best = score;
      layer.from[to] = from;
    }
    layer.score[to] += best;
    reached ||= best > Number.NEGATIVE_INFINITY;
  }
  return reached;
}

/** Walks back from the best end, writes the edges of the fixes and the way between them. */
function finishPart(matcher: Matcher, layers: Layer[], close: number[]): void {
  const { edge, fraction, distanceMeters, part, pathOffset, pathEdges, rules, track } = matcher;
  const number = pathOffset.length - 1;
  const chosen: RoadPosition[] = Array.from({ length: layers.length });
  let at = layers[layers.length - 1].score.reduce((best, score, i, all) => (score > all[best] ? i : best), 0);
  for (let i = layers.length - 1; i >= 0; i--) {
    const { row, places, from } = layers[i];
    chosen[i] = places[at];
    edge[row] = chosen[i].edge;
    fraction[row] = chosen[i].fraction;
    distanceMeters[row] = chosen[i].distanceMeters;
    part[row] = number;
    at = from[at];
  }
  const wayFrom: number[] = [];
  pathEdges.push(chosen[0].edge);
  for (let i = 1; i < chosen.length; i++) {
    wayFrom.push(pathEdges.length - 1);
    const limit = metersBetween(track, layers[i - 1].row, layers[i].row) + rules.maxDetourMeters;
    const way = matcher.distances.edgesBetween(chosen[i - 1], chosen[i], limit, SPACING_SIGMAS * rules.sigmaMeters);
    if (way === undefined) throw new Error(`No way from edge ${chosen[i - 1].edge} to edge ${chosen[i].edge}.`);
    pathEdges.push(...way);
  }
  wayFrom.push(pathEdges.length - 1);
  pathOffset.push(pathEdges.length);
  let layer = 0;
  for (const row of close) {
    while (layer + 1 < layers.length && layers[layer + 1].row < row) layer++;
    const way = pathEdges.slice(wayFrom[layer], (wayFrom[layer + 1] ?? wayFrom[layer]) + 1);
    placeOnWay(matcher, row, way, number);
  }
}

/** A fix close to one that was matched: the nearest place on the way from there to the next. */
function placeOnWay(matcher: Matcher, row: number, way: readonly number[], number: number): void {
  const { index, track, edge, fraction, distanceMeters, part } = matcher;
  let best: RoadPosition | undefined;
  for (const candidate of way) {
    const place = nearestOnEdge(index, candidate, track.lon[row], track.lat[row]);
    if (best === undefined || place.distanceMeters < best.distanceMeters) best = place;
  }
  if (best === undefined) return;
  edge[row] = best.edge;
  fraction[row] = best.fraction;
  distanceMeters[row] = best.distanceMeters;
  part[row] = number;
}

function metersBetween({ lon, lat }: Matcher['track'], a: number, b: number): number {
  return haversineDistanceMeters(lon[a], lat[a], lon[b], lat[b]);
}
