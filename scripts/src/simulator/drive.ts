import { METERS_PER_DEGREE } from '@xunfang/geo-data/geometry';
import type { PathPolyline } from '@xunfang/geo-data/streets';

/** A way being driven: how far along it, how fast. */
export interface Drive {
  line: PathPolyline;
  /** Highest speed at which each vertex can be passed: corners slow one down, the end stops. */
  vertexSpeedMps: Float64Array;
  meters: number;
  /** The vertex passed last. */
  vertex: number;
}

const RADIANS = Math.PI / 180;
const ACCELERATION_MPS2 = 1.6;
const BRAKING_MPS2 = 2.2;
/** Bends below this are driven at full speed; a U-turn at walking speed. */
const SHARP_DEGREES = 35;
const TURN_SPEED_MPS = 5;
const U_TURN_SPEED_MPS = 2;
const LOOK_AHEAD_METERS = 120;

export function startDrive(line: PathPolyline): Drive {
  const count = line.lon.length;
  const vertexSpeedMps = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let v = 1; v < count - 1; v++) {
    const turn = Math.abs(((bearing(line, v) - bearing(line, v - 1) + 540) % 360) - 180);
    if (turn > 120) vertexSpeedMps[v] = U_TURN_SPEED_MPS;
    else if (turn > SHARP_DEGREES) vertexSpeedMps[v] = TURN_SPEED_MPS;
  }
  vertexSpeedMps[count - 1] = 0;
  return { line, vertexSpeedMps, meters: 0, vertex: 0 };
}

export const driveLengthMeters = ({ line }: Drive): number => line.cumulativeMeters.at(-1) ?? 0;
export const driveHasEnded = (drive: Drive): boolean => drive.meters >= driveLengthMeters(drive) - 0.5;

/**
 * Moves on for `seconds` and returns the new speed. `paceShare` scales the ordinary speed of each road,
 * `maxSpeedMps` is what the unit can do at all.
 */
export function advance(
  drive: Drive,
  speedMps: number,
  seconds: number,
  paceShare: number,
  maxSpeedMps: number,
): number {
  const { line } = drive;
  const last = line.lon.length - 1;
  if (last < 1) return 0;
  const segment = Math.min(drive.vertex, last - 1);
  const segmentSeconds = line.cumulativeSeconds[segment + 1] - line.cumulativeSeconds[segment];
  const segmentMeters = line.cumulativeMeters[segment + 1] - line.cumulativeMeters[segment];
  const ordinary = segmentSeconds > 0 ? segmentMeters / segmentSeconds : maxSpeedMps;
  let wanted = Math.min(maxSpeedMps, ordinary * paceShare);
  for (let v = drive.vertex + 1; v <= last; v++) {
    const ahead = line.cumulativeMeters[v] - drive.meters;
    if (ahead > LOOK_AHEAD_METERS) break;
    wanted = Math.min(wanted, Math.sqrt(drive.vertexSpeedMps[v] ** 2 + 2 * BRAKING_MPS2 * Math.max(0, ahead)));
  }
  const slowest = speedMps - BRAKING_MPS2 * seconds;
  const fastest = speedMps + ACCELERATION_MPS2 * seconds;
  // Creeping on at half a metre a second: braking towards the end would otherwise never arrive.
  const next = Math.max(0.5, Math.min(fastest, Math.max(slowest, wanted)));
  drive.meters = Math.min(driveLengthMeters(drive), drive.meters + next * seconds);
  while (drive.vertex < last && line.cumulativeMeters[drive.vertex + 1] <= drive.meters) drive.vertex++;
  return driveHasEnded(drive) ? 0 : next;
}

export interface DrivePlace {
  lon: number;
  lat: number;
  headingDegrees: number;
}

export function placeOnDrive({ line, meters, vertex }: Drive): DrivePlace {
  const last = line.lon.length - 1;
  if (last < 1) return { lon: line.lon[0], lat: line.lat[0], headingDegrees: 0 };
  const v = Math.min(vertex, last - 1);
  const length = line.cumulativeMeters[v + 1] - line.cumulativeMeters[v];
  const share = length > 0 ? Math.min(1, (meters - line.cumulativeMeters[v]) / length) : 0;
  return {
    lon: line.lon[v] + share * (line.lon[v + 1] - line.lon[v]),
    lat: line.lat[v] + share * (line.lat[v + 1] - line.lat[v]),
    headingDegrees: bearing(line, v),
  };
}

/** From vertex `v` to the next, degrees clockwise from north, on the plane. */
function bearing({ lon, lat }: PathPolyline, v: number): number {
  const east = (lon[v + 1] - lon[v]) * METERS_PER_DEGREE * Math.cos(lat[v] * RADIANS);
  const north = (lat[v + 1] - lat[v]) * METERS_PER_DEGREE;
  return (Math.atan2(east, north) / RADIANS + 360) % 360;
}
