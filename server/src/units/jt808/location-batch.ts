import { type LocationReport, readLocationReport } from './location-report.ts';

/** Count, and whether the reports were kept while there was no network: their times tell that better. */
const HEAD_BYTES = 3;

/**
 * Reads 0x0704, bytes [start, end): count, type, then each report behind its length. Calls `onReport` for each, `into` filled
 * anew every time. False when lengths, count or a report do not fit; what stood before that has been reported.
 */
export function readLocationBatch(
  bytes: Uint8Array,
  start: number,
  end: number,
  into: LocationReport,
  onReport: () => void,
): boolean {
  if (end - start < HEAD_BYTES) return false;
  const count = (bytes[start] << 8) | bytes[start + 1];
  let at = start + HEAD_BYTES;
  for (let i = 0; i < count; i++) {
    if (at + 2 > end) return false;
    const next = at + 2 + ((bytes[at] << 8) | bytes[at + 1]);
    if (next > end || !readLocationReport(bytes, at + 2, next, into)) return false;
    onReport();
    at = next;
  }
  return at === end;
}
