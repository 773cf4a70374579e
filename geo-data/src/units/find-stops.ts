import { haversineDistanceMeters } from '../geometry/index.ts';
import { quantileSorted } from '../numeric/index.ts';
import { assertTrack, type TrackColumns } from './track-columns.ts';

/** Where a unit stood, one entry a stop, in order of time. */
export interface Stops {
  count: number;
  /** First and last fix of each stop: rows of the track. */
  firstRow: Uint32Array;
  lastRow: Uint32Array;
  startSeconds: Float64Array;
  endSeconds: Float64Array;
  /** `endSeconds - startSeconds`. */
  dwellSeconds: Float64Array;
  /** Median of the fixes, degrees WGS 84. */
  lon: Float64Array;
  lat: Float64Array;
  /** Nine of ten fixes lie within. */
  radiusMeters: Float64Array;
}

export interface StopRules {
  /** Who stays this close to one place has stopped. About three times the error of a fix. */
  radiusMeters: number;
  /** Shorter ones are traffic lights. */
  minDwellSeconds: number;
  /** Fixes elsewhere for no longer than this are noise, when the next one is back. At least six intervals between fixes. */
  maxExcursionSeconds: number;
  /** Silence longer than this ends a stop: nobody knows. */
  maxGapSeconds: number;
}

export const STOP_RULES: StopRules = {
  radiusMeters: 50,
  minDwellSeconds: 180,
  maxExcursionSeconds: 30,
  maxGapSeconds: 300,
};

/**
 * The stops of a track: stay points after Li et al. (Mining user similarity based on location history, ACM GIS 2008) and Ye et al.
 * (Mining individual life pattern based on location history, MDM 2009), hardened against what receivers in streets do:
 *
 * - A stay grows from its first fix by the fixes within `radiusMeters` of the mean of those taken so far, not of the first alone: the
 *   first one is where the unit still rolled, or a wrong one.
 * - A fix elsewhere does not end the stay when one within `maxExcursionSeconds` after the last good one is back.
 * - Silence beyond `maxGapSeconds` ends it at the last fix heard.
 * - Then its place is the median of its fixes, and first and last ones beyond the radius of that are cut off. What still lasts
 *   `minDwellSeconds` is a stop.
 *
 * So first and last fix of every stop lie within `radiusMeters` of its place, and stops do not overlap. Two stays that touch in time within
 * the radius are one. O(n · fixes in minDwellSeconds) at worst, O(n) for what drives or stands; allocates for the stops found.
 * Throws a RangeError for columns of different length, time that runs backwards, and rules that are not positive.
 */
export function findStops(track: TrackColumns, rules: Partial<StopRules> = {}): Stops {
  assertTrack(track);
  const held = { ...STOP_RULES, ...rules };
  for (const [name, value] of Object.entries(held))
    if (!(value > 0)) throw new RangeError(`${name} is ${value}, expected more than 0.`);
  const found: Stay[] = [];
  const { seconds } = track;
  for (let row = 0; row < seconds.length; ) {
    const members = stayFrom(track, row, held);
    const last = members[members.length - 1];
    const stay = seconds[last] - seconds[row] < held.minDwellSeconds ? undefined : settle(track, members, held);
    if (stay === undefined) {
      row++;
      continue;
    }
    found.push(stay);
    row = stay.lastRow + 1;
  }
  return columnsOf(track, found);
}

interface Stay {
  firstRow: number;
  lastRow: number;
  lon: number;
  lat: number;
  radiusMeters: number;
}

/** Rows that stay near their mean, from `first` on. */
function stayFrom({ seconds, lon, lat }: TrackColumns, first: number, rules: StopRules): number[] {
  const members = [first];
  let last = first;
  let meanLon = lon[first];
  let meanLat = lat[first];
  for (let row = first + 1; row < seconds.length; row++) {
    if (seconds[row] - seconds[row - 1] > rules.maxGapSeconds) break;
    // Silence between two good fixes may be longer than fixes elsewhere between them.
    if (last < row - 1 && seconds[row] - seconds[last] > rules.maxExcursionSeconds) break;
    if (haversineDistanceMeters(meanLon, meanLat, lon[row], lat[row]) <= rules.radiusMeters) {
      members.push(row);
      last = row;
      meanLon += (lon[row] - meanLon) / members.length;
      meanLat += (lat[row] - meanLat) / members.length;
    }
  }
  return members;
}

/** The stay about its median, without the fixes of coming and leaving; undefined when too little is left. */
function settle(track: TrackColumns, members: number[], rules: StopRules): Stay | undefined {
  const { seconds, lon, lat } = track;
  const placeLon = median(lon, members);
  const placeLat = median(lat, members);
  const distances = members.map((row) => haversineDistanceMeters(placeLon, placeLat, lon[row], lat[row]));
  let from = 0;
  let to = members.length - 1;
  while (from < to && distances[from] > rules.radiusMeters) from++;
  while (to > from && distances[to] > rules.radiusMeters) to--;
  if (seconds[members[to]] - seconds[members[from]] < rules.minDwellSeconds) return undefined;
  const kept = distances.slice(from, to + 1).sort((a, b) => a - b);
  return {
    firstRow: members[from],
    lastRow: members[to],
    lon: placeLon,
    lat: placeLat,
    radiusMeters: kept[Math.min(kept.length - 1, Math.ceil(kept.length * 0.9) - 1)],
  };
}

function median(column: Float64Array, rows: number[]): number {
  return quantileSorted(Float64Array.from(rows, (row) => column[row]).sort(), 0.5);
}

function columnsOf({ seconds }: TrackColumns, stays: Stay[]): Stops {
  return {
    count: stays.length,
    firstRow: Uint32Array.from(stays, (stay) => stay.firstRow),
    lastRow: Uint32Array.from(stays, (stay) => stay.lastRow),
    startSeconds: Float64Array.from(stays, (stay) => seconds[stay.firstRow]),
    endSeconds: Float64Array.from(stays, (stay) => seconds[stay.lastRow]),
    dwellSeconds: Float64Array.from(stays, (stay) => seconds[stay.lastRow] - seconds[stay.firstRow]),
    lon: Float64Array.from(stays, (stay) => stay.lon),
    lat: Float64Array.from(stays, (stay) => stay.lat),
    radiusMeters: Float64Array.from(stays, (stay) => stay.radiusMeters),
  };
}
