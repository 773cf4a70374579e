import type { ImportView } from '@xunfang/geo-data/contract';

/** Of a running import: all is read, but not all is written. */
const NEARLY = 0.99;

/** How far an import is, 0-1: by bytes, since nobody knows the number of rows before the end. */
export function importShare({ state, bytesRead, bytesTotal }: ImportView): number {
  if (state === 'done') return 1;
  return bytesTotal > 0 ? Math.min(NEARLY, bytesRead / bytesTotal) : 0;
}
