import type { SeededRandom } from '@xunfang/geo-data/numeric';
import { pathPolyline, type RoadPosition, routeBetween, snapToRoad } from '@xunfang/geo-data/streets';
import type { UnitKind, UnitStatus } from '@xunfang/geo-data/units';
import { advance, type Drive, driveHasEnded, placeOnDrive, startDrive } from './drive.ts';
import type { CityUnit, SimulatedCity } from './simulated-city.ts';
import type { SimulatedDevice } from './simulator-config.ts';

/** A place on a road one can drive to. */
export type RoadPlace = Pick<RoadPosition, 'edge' | 'fraction' | 'lon' | 'lat'>;

export interface SimulatedUnit {
  device: SimulatedDevice;
  city: CityUnit;
  status: UnitStatus;
  at: RoadPlace;
  headingDegrees: number;
  speedMps: number;
  drive: Drive | undefined;
  goal: RoadPlace;
  /** Stands until then. */
  waitsUntilMs: number;
  /** What it patrols; changes with the plan. */
  patrol: readonly RoadPlace[];
  /** Answers a call and takes no other. */
  busy: boolean;
}

const KMH = 1 / 3.6;
const MAX_SPEED_MPS: Record<UnitKind, number> = {
  car: 80 * KMH,
  motorcycle: 70 * KMH,
  bicycle: 14 * KMH,
  foot: 4.8 * KMH,
  boat: 20 * KMH,
  drone: 50 * KMH,
};
/** Patrolling means driving slowly; on the way to a call with lights a little faster than traffic. */
const PATROL_PACE = 0.72;
const RESPONSE_PACE = 1.3;
const STOP_SHARE = 0.45;
const STOP_SECONDS: [number, number] = [15, 90];
const STANDBY_SHARE = 0.12;
const STANDBY_SECONDS: [number, number] = [120, 300];

export const secondsBetween = (random: SeededRandom, [from, to]: readonly [number, number]): number =>
  from + (to - from) * random.uniform();

export function createSimulatedUnit(
  device: SimulatedDevice,
  city: CityUnit,
  patrol: readonly RoadPlace[],
  random: SeededRandom,
): SimulatedUnit {
  const at = random.pick(patrol);
  return {
    device,
    city,
    status: 'patrolling',
    at,
    headingDegrees: random.uniform() * 360,
    speedMps: 0,
    drive: undefined,
    goal: at,
    waitsUntilMs: 0,
    patrol,
    busy: false,
  };
}

/** Sends a unit off; false where no road leads. It sets out from where it is, in either direction of the street. */
export function driveTo(unit: SimulatedUnit, goal: RoadPlace, { graph, workspace, index }: SimulatedCity): boolean {
  const from = unit.drive === undefined ? unit.at : (snapToRoad(index, unit.at.lon, unit.at.lat) ?? unit.goal);
  const path = routeBetween(graph, from, goal, workspace);
  if (path === undefined) return false;
  unit.drive = startDrive(pathPolyline(graph, path));
  unit.goal = goal;
  unit.waitsUntilMs = 0;
  return true;
}

/** One step of time: drive on, or at the goal of a patrol choose what comes next. */
export function moveUnit(
  unit: SimulatedUnit,
  nowMs: number,
  seconds: number,
  city: SimulatedCity,
  random: SeededRandom,
): void {
  if (unit.drive !== undefined) {
    const pace = unit.status === 'en_route' ? RESPONSE_PACE : PATROL_PACE;
    unit.speedMps = advance(unit.drive, unit.speedMps, seconds, pace, MAX_SPEED_MPS[unit.city.kind]);
    const { lon, lat, headingDegrees } = placeOnDrive(unit.drive);
    unit.at = { ...unit.at, lon, lat };
    unit.headingDegrees = headingDegrees;
    if (driveHasEnded(unit.drive)) arrive(unit, nowMs, random);
    return;
  }
  if (unit.busy || nowMs < unit.waitsUntilMs) return;
  unit.status = 'patrolling';
  driveTo(unit, random.pick(unit.patrol), city);
}

export const hasArrived = (unit: SimulatedUnit): boolean => unit.drive === undefined;

function arrive(unit: SimulatedUnit, nowMs: number, random: SeededRandom): void {
  unit.drive = undefined;
  unit.speedMps = 0;
  unit.at = unit.goal;
  if (unit.busy) return;
  const chance = random.uniform();
  if (chance < STANDBY_SHARE) {
    unit.status = 'standby';
    unit.waitsUntilMs = nowMs + secondsBetween(random, STANDBY_SECONDS) * 1000;
  } else if (chance < STANDBY_SHARE + STOP_SHARE) {
    unit.waitsUntilMs = nowMs + secondsBetween(random, STOP_SECONDS) * 1000;
  }
}
