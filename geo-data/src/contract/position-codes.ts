/**
 * What of a unit's state fits into few bits: as fine as a console draws it, and rounded so that nothing looks better than it is.
 * Each code has a value for "unknown"; decoded values are the same on every machine.
 */

export const AGE_BITS = 7;
export const SPEED_BITS = 6;
export const HEADING_BITS = 6;
export const STATUS_BITS = 4;
export const ACCURACY_BITS = 4;

const UNKNOWN_SPEED = 63;
const UNKNOWN_HEADING = 63;
const HEADING_STEP_DEGREES = 6;
const UNKNOWN_ACCURACY = 15;

const LINEAR_AGES = 20;
const LINEAR_SECONDS = 10;
const AGE_GROWTH = 1.11;
/** Codes 0-20: half seconds up to 10 s. From there each is 1.11 times the one before: 127 is 8 days, and whatever is older. */
export const AGE_SECONDS = ageTable();
const OLDEST = AGE_SECONDS.length - 1;

/** Codes 0-30: steps of 2 km/h up to 60; 31-62: of 5 km/h up to 220, and whatever is faster; 63: unknown. */
export const SPEED_KMH = Float32Array.from({ length: 64 }, (_, code) =>
  code === UNKNOWN_SPEED ? Number.NaN : code <= 30 ? code * 2 : 60 + (code - 30) * 5,
);

/** Codes 0-59: 6 degrees each, clockwise from north; 63: unknown. 60-62 are not written, and read as unknown. */
export const HEADING_DEGREES = Float32Array.from({ length: 64 }, (_, code) =>
  code < 60 ? code * HEADING_STEP_DEGREES : Number.NaN,
);

/** Codes 0-14 in metres, 15: unknown, or worse. */
export const ACCURACY_METERS = Float32Array.of(1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 100, 200, 500, 1000, Number.NaN);

const WORST_ACCURACY_METERS = 1000;
const ACCURACY_CODE_OF_METER = Uint8Array.from({ length: WORST_ACCURACY_METERS + 1 }, (_, meters) =>
  ACCURACY_METERS.findIndex((limit) => meters <= limit),
);

/** The next age that is not younger. An age that is not a number is the oldest: what nobody knows must never look fresh. */
export function ageCode(seconds: number): number {
  if (seconds <= LINEAR_SECONDS) return seconds > 0 ? Math.ceil(seconds * 2) : 0;
  if (!(seconds < AGE_SECONDS[OLDEST])) return OLDEST;
  let [below, code] = [LINEAR_AGES, OLDEST];
  while (code - below > 1) {
    const middle = (below + code) >> 1;
    if (AGE_SECONDS[middle] < seconds) below = middle;
    else code = middle;
  }
  return code;
}

export function speedCode(kmh: number): number {
  if (Number.isNaN(kmh)) return UNKNOWN_SPEED;
  if (kmh <= 0) return 0;
  return kmh < 61 ? Math.min(30, Math.round(kmh / 2)) : Math.min(62, 30 + Math.round((kmh - 60) / 5));
}

export function headingCode(degrees: number): number {
  // The usual case first: the remainder of a division of floats is slow.
  if (degrees >= 0 && degrees < 357) return Math.round(degrees / HEADING_STEP_DEGREES);
  if (!Number.isFinite(degrees)) return UNKNOWN_HEADING;
  return Math.round((((degrees % 360) + 360) % 360) / HEADING_STEP_DEGREES) % 60;
}

/** The next accuracy that is not better. */
export function accuracyCode(meters: number): number {
  return meters <= WORST_ACCURACY_METERS ? ACCURACY_CODE_OF_METER[Math.max(0, Math.ceil(meters))] : UNKNOWN_ACCURACY;
}

function ageTable(): Float32Array {
  const seconds = new Float32Array(2 ** AGE_BITS);
  let age = LINEAR_SECONDS;
  for (let code = 0; code < seconds.length; code++) {
    // Multiplied, not raised to a power: that is the same to the bit in every engine.
    if (code > LINEAR_AGES) age *= AGE_GROWTH;
    seconds[code] = code <= LINEAR_AGES ? code / 2 : age;
  }
  return seconds;
}
