/** Calls to be replayed, ascending by time; columns of `count` elements. */
export interface CallColumns {
  count: number;
  /** When the call comes in; seconds since 1970 UTC, or since anything else that rosters count from too. */
  atSeconds: Float64Array;
  /** Number of the place (atom, street node) in the travel times. */
  place: Uint32Array;
  /** 1, the highest, to `LOWEST_PRIORITY`. */
  priority: Uint8Array;
  /** How long a unit is taken up at the scene, see `serviceIncludesTravel` of the replay. */
  serviceSeconds: Float64Array;
}

export const LOWEST_PRIORITY = 8;

/** Throws a RangeError unless the columns fit each other and the places, ascend by time and hold no nonsense. */
export function assertCalls(calls: CallColumns, placeCount: number): void {
  const { count, atSeconds, place, priority, serviceSeconds } = calls;
  for (const [name, column] of Object.entries({ atSeconds, place, priority, serviceSeconds })) {
    if (column.length !== count)
      throw new RangeError(`The column ${name} has ${column.length} values, expected ${count}.`);
  }
  for (let call = 0; call < count; call++) {
    if (call > 0 && !(atSeconds[call] >= atSeconds[call - 1])) {
      throw new RangeError(
        `Call ${call} comes at ${atSeconds[call]}, expected no earlier than ${atSeconds[call - 1]}.`,
      );
    }
    if (place[call] >= placeCount) {
      throw new RangeError(`Call ${call} is at place ${place[call]}, expected less than ${placeCount}.`);
    }
    if (priority[call] < 1 || priority[call] > LOWEST_PRIORITY) {
      throw new RangeError(`Call ${call} has priority ${priority[call]}, expected 1 to ${LOWEST_PRIORITY}.`);
    }
    if (!(serviceSeconds[call] >= 0 && serviceSeconds[call] < Infinity)) {
      throw new RangeError(`Call ${call} takes ${serviceSeconds[call]} s, expected 0 or more.`);
    }
  }
}
