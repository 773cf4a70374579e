/** The units of a replay: where they belong and when they are on duty. */
export interface Fleet {
  unitCount: number;
  /** One per unit; several may share a beat. */
  beatOfUnit: Uint16Array;
  /** One per unit: the place where it stands ready. */
  homeOfUnit: Uint32Array;
  /** When units are on duty; all are, always, when absent. */
  roster?: Roster;
}

/**
 * Shifts in compressed rows: those of unit u are entries `offset[u] .. offset[u + 1] - 1`, ascending, each after the one before.
 * A call in hand is finished after the end of a shift.
 */
export interface Roster {
  /** unitCount + 1. */
  offset: Uint32Array;
  /** When the shift begins, and when it is over; same clock as the calls. */
  fromSeconds: Float64Array;
  toSeconds: Float64Array;
}

/** Units are numbered in 16 bits with a sign. */
const MOST_UNITS = 32_767;

/** Throws a RangeError unless columns fit each other and the places, and shifts follow one another. */
export function assertFleet({ unitCount, beatOfUnit, homeOfUnit, roster }: Fleet, placeCount: number): void {
  if (!Number.isInteger(unitCount) || unitCount < 1 || unitCount > MOST_UNITS) {
    throw new RangeError(`There are ${unitCount} units, expected 1 to ${MOST_UNITS}.`);
  }
  for (const [name, column] of Object.entries({ beatOfUnit, homeOfUnit })) {
    if (column.length !== unitCount) {
      throw new RangeError(`The column ${name} has ${column.length} values, expected ${unitCount}.`);
    }
  }
  for (const [unit, home] of homeOfUnit.entries()) {
    if (home >= placeCount)
      throw new RangeError(`Unit ${unit} stands at place ${home}, expected less than ${placeCount}.`);
  }
  if (roster === undefined) return;
  const { offset, fromSeconds, toSeconds } = roster;
  const shifts = offset[unitCount];
  if (offset.length !== unitCount + 1 || fromSeconds.length !== shifts || toSeconds.length !== shifts) {
    throw new RangeError(
      `The roster has ${offset.length} rows of ${fromSeconds.length} and ${toSeconds.length} times, expected ${unitCount + 1} of ${shifts}.`,
    );
  }
  for (let unit = 0; unit < unitCount; unit++) {
    for (let shift = offset[unit]; shift < offset[unit + 1]; shift++) {
      const earliest = shift > offset[unit] ? toSeconds[shift - 1] : Number.NEGATIVE_INFINITY;
      if (fromSeconds[shift] >= earliest && toSeconds[shift] > fromSeconds[shift]) continue;
      throw new RangeError(
        `Unit ${unit} has a shift from ${fromSeconds[shift]} to ${toSeconds[shift]}, expected it after ${earliest} and not empty.`,
      );
    }
  }
}
