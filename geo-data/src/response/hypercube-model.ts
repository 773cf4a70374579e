/** Above this number of units there are too many states for the exact model: 2 ^ 16 is 65,536. */
export const MOST_EXACT_UNITS = 16;

/**
 * Units that answer the calls of a city in regions (atoms), as Larson's hypercube model sees them: calls come at random and
 * independently, each is answered by one unit, the first free one in the order of preference of its region.
 */
export interface HypercubeModel {
  unitCount: number;
  regionCount: number;
  /** One per region. */
  callsPerHour: Float64Array;
  /** One per unit: mean minutes from dispatch until it is free again. */
  serviceMinutes: Float64Array;
  /** Regions × units, a row per region: its units from first to last choice. */
  preference: Uint16Array;
  /** Like `preference`: 1 where a unit is as good as the one before it in the row; those free among equals share the calls evenly. */
  tiedWithPrevious?: Uint8Array;
  /** What becomes of a call when all units are busy: `none`, it is lost to others; `infinite`, it waits, first come first served. */
  line: 'none' | 'infinite';
}

export interface HypercubeSolution {
  /** One per unit: share of time at work. */
  utilisation: Float64Array;
  /** Regions × units: share of all calls that are of this region and answered by this unit. They sum to 1 − lossShare. */
  dispatchShare: Float64Array;
  /** Share of calls that are lost; 0 with a line. */
  lossShare: number;
  /** Share of calls that have to wait; 0 without a line. */
  waitShare: number;
  /** Mean over all calls, those without a wait included. */
  meanWaitMinutes: number;
  /** Of a call that waits, the rate per minute at which waits end: they are exponential. 0 without a line. */
  waitEndsPerMinute: number;
}

/**
 * Throws a RangeError unless the columns fit each other, every row of `preference` names every unit once, and with a line
 * the units can do the work.
 */
export function assertHypercubeModel(model: HypercubeModel): void {
  const { unitCount, regionCount, callsPerHour, serviceMinutes, preference, tiedWithPrevious } = model;
  if (!Number.isInteger(unitCount) || unitCount < 1)
    throw new RangeError(`There are ${unitCount} units, expected 1 or more.`);
  const cells = regionCount * unitCount;
  for (const [name, column, length] of [
    ['callsPerHour', callsPerHour, regionCount],
    ['serviceMinutes', serviceMinutes, unitCount],
    ['preference', preference, cells],
    ['tiedWithPrevious', tiedWithPrevious ?? { length: cells }, cells],
  ] as const) {
    if (column.length !== length)
      throw new RangeError(`The column ${name} has ${column.length} values, expected ${length}.`);
  }
  for (const [region, calls] of callsPerHour.entries()) {
    if (!(calls >= 0 && calls < Infinity)) {
      throw new RangeError(`Region ${region} has ${calls} calls an hour, expected 0 or more.`);
    }
  }
  for (const [unit, minutes] of serviceMinutes.entries()) {
    if (!(minutes > 0 && minutes < Infinity)) {
      throw new RangeError(`Unit ${unit} takes ${minutes} minutes for a call, expected more than 0.`);
    }
  }
  const seenIn = new Uint32Array(unitCount);
  for (let region = 0; region < regionCount; region++) {
    for (let rank = 0; rank < unitCount; rank++) {
      const unit = preference[region * unitCount + rank];
      if (unit >= unitCount || seenIn[unit] === region + 1) {
        throw new RangeError(
          `Choice ${rank} of region ${region} is unit ${unit}, expected each of ${unitCount} units once.`,
        );
      }
      seenIn[unit] = region + 1;
    }
  }
}

/** Calls of all regions together, per minute. */
export function callsPerMinute({ callsPerHour }: Pick<HypercubeModel, 'callsPerHour'>): number {
  let calls = 0;
  for (const rate of callsPerHour) calls += rate;
  return calls / 60;
}

/**
 * What becomes of calls while all units are busy, which is so `saturation` of the time: they are lost, or wait until the units,
 * which become free `endsPerMinute` times a minute more than calls come in, have got to them.
 */
export function lossAndLine(
  line: HypercubeModel['line'],
  saturation: number,
  endsPerMinute: number,
): Pick<HypercubeSolution, 'lossShare' | 'waitShare' | 'meanWaitMinutes' | 'waitEndsPerMinute'> {
  if (line === 'none') return { lossShare: saturation, waitShare: 0, meanWaitMinutes: 0, waitEndsPerMinute: 0 };
  return {
    lossShare: 0,
    waitShare: saturation,
    meanWaitMinutes: saturation > 0 ? saturation / endsPerMinute : 0,
    waitEndsPerMinute: endsPerMinute,
  };
}
