/**
 * One position as a device reports it, in our units; NaN = not reported. One object serves every fix of an adapter:
 * it is filled, handed to `report` and filled again, so whoever keeps a fix copies its numbers.
 */
export interface Fix {
  lon: number;
  lat: number;
  /** When the device measured it, not when it arrived. */
  fixedAtMs: number;
  speedKmh: number;
  headingDegrees: number;
  accuracyMeters: number;
  /** Code of geo-data/units, -1 = not reported. */
  statusCode: number;
  /** False when the device itself says that it has no good fix. */
  valid: boolean;
  /** True when the emergency button is pressed, as far as the protocol tells. */
  sos: boolean;
}

/** One protocol by which devices speak; one file each. `Message` is what its transport delivers. */
export interface DeviceAdapter<Message> {
  readonly protocol: string;
  /** The identifier a message carries, undefined when it carries none. */
  identifierOf(message: Message): string | undefined;
  /**
   * Reports every position of a message, oldest first. `nowMs` stands in where the device sends no time.
   * Throws a `DeviceMessageError` for a message that is not of the protocol.
   */
  decode(message: Message, nowMs: number, report: (fix: Fix) => void): void;
}

/** A message that is not of its protocol: which field, what it holds, what it should. */
export class DeviceMessageError extends Error {
  readonly field: string;
  readonly expected: string;
  readonly actual: string;
  constructor(field: string, expected: string, actual: unknown) {
    const shown = typeof actual === 'string' ? actual.slice(0, 40) : (JSON.stringify(actual) ?? 'nothing').slice(0, 40);
    super(`${field} is ${shown}, expected ${expected}.`);
    this.name = 'DeviceMessageError';
    this.field = field;
    this.expected = expected;
    this.actual = shown;
  }
}

export function createFix(): Fix {
  return {
    lon: Number.NaN,
    lat: Number.NaN,
    fixedAtMs: Number.NaN,
    speedKmh: Number.NaN,
    headingDegrees: Number.NaN,
    accuracyMeters: Number.NaN,
    statusCode: -1,
    valid: true,
    sos: false,
  };
}
