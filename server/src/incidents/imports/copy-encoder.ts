/** Seconds from 1970-01-01 to 2000-01-01, PostgreSQL's epoch. */
const POSTGRES_EPOCH_SECONDS = 946_684_800;
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TWO_32 = 2 ** 32;

/** Rows in PostgreSQL's binary COPY form, into two buffers that grow and are used in turn. */
export interface CopyEncoder {
  row(fieldCount: number): void;
  null(): void;
  int2(value: number): void;
  int4(value: number): void;
  /** A 64-bit integer by its halves: no BigInt per row. */
  int8(hi: number, lo: number): void;
  float8(value: number): void;
  timestamp(secondsSince1970: number): void;
  text(value: string): void;
  /** The rows so far as a whole COPY stream with header and trailer, valid until the next `take`; the encoder is empty then. */
  take(): Buffer<ArrayBuffer>;
  readonly rows: number;
  readonly bytes: number;
}

export function createCopyEncoder(initialBytes = 1 << 16): CopyEncoder {
  let buffer = Buffer.allocUnsafeSlow(initialBytes);
  let other = Buffer.allocUnsafeSlow(initialBytes);
  let at = 0;
  let rows = 0;
  const start = () => {
    at = SIGNATURE.copy(buffer, 0);
    rows = 0;
  };
  start();

  function reserve(bytes: number): void {
    if (at + bytes + 2 <= buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, at + bytes + 2));
    buffer.copy(larger, 0, 0, at);
    buffer = larger;
  }
  function put32(value: number): void {
    buffer[at] = value >>> 24;
    buffer[at + 1] = value >>> 16;
    buffer[at + 2] = value >>> 8;
    buffer[at + 3] = value;
    at += 4;
  }
  function put16(value: number): void {
    buffer[at] = value >>> 8;
    buffer[at + 1] = value;
    at += 2;
  }
  function int8(hi: number, lo: number): void {
    reserve(12);
    put32(8);
    put32(hi);
    put32(lo);
  }

  return {
    row(fieldCount) {
      reserve(2);
      put16(fieldCount);
      rows++;
    },
    null() {
      reserve(4);
      put32(-1);
    },
    int2(value) {
      reserve(6);
      put32(2);
      put16(value);
    },
    int4(value) {
      reserve(8);
      put32(4);
      put32(value);
    },
    int8,
    float8(value) {
      reserve(12);
      put32(8);
      at = buffer.writeDoubleBE(value, at);
    },
    timestamp(secondsSince1970) {
      const micros = Math.round((secondsSince1970 - POSTGRES_EPOCH_SECONDS) * 1e6);
      const hi = Math.floor(micros / TWO_32);
      int8(hi, micros - hi * TWO_32);
    },
    text(value) {
      const bytes = Buffer.byteLength(value);
      reserve(4 + bytes);
      put32(bytes);
      at += buffer.write(value, at, bytes, 'utf8');
    },
    take() {
      reserve(0);
      put16(-1);
      const whole = buffer.subarray(0, at);
      const next = other;
      other = buffer;
      buffer = next;
      start();
      return whole;
    },
    get rows() {
      return rows;
    },
    get bytes() {
      return at;
    },
  };
}
