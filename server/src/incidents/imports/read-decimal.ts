const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
const LARGEST_EXACT = 2 ** 53;

/**
 * The decimal number written in bytes [start, end), NaN when it is none; a quick way for what coordinates look like,
 * exact because both the digits and the power of ten are exact doubles. A comma is a decimal point too: exports of Excel in
 * some languages write it. Anything else (exponents, many digits) goes through Number.
 */
export function readDecimal(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] <= 0x20) at++;
  let last = end;
  while (last > at && bytes[last - 1] <= 0x20) last--;
  if (at === last) return Number.NaN;
  const first = at;
  const negative = bytes[at] === 0x2d;
  if (negative || bytes[at] === 0x2b) at++;
  let digits = 0;
  let value = 0;
  let pointAt = -1;
  for (; at < last; at++) {
    const byte = bytes[at];
    if (byte >= 0x30 && byte <= 0x39) {
      value = value * 10 + byte - 0x30;
      digits++;
    } else if ((byte === 0x2e || byte === 0x2c) && pointAt < 0) pointAt = at;
    else return slowly(bytes, first, last);
  }
  if (digits === 0) return Number.NaN;
  if (value >= LARGEST_EXACT) return slowly(bytes, first, last);
  const decimals = pointAt < 0 ? 0 : last - pointAt - 1;
  if (decimals > 22) return slowly(bytes, first, last);
  const magnitude = value / POWERS[decimals];
  return negative ? -magnitude : magnitude;
}

function slowly(bytes: Buffer, start: number, end: number): number {
  const text = bytes.toString('latin1', start, end);
  return /^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d{1,3})?$/i.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
}
