import { CellIndex } from '../geometry/index.ts';
import { type CellCounts, sortedCellCounts } from './cell-counts.ts';

/**
 * The sum of the counts of several workers; the order of the parts does not matter. O(cells of all parts).
 * @throws when there is no part, or resolutions differ.
 */
export function mergeCounts(parts: readonly CellCounts[]): CellCounts {
  if (parts.length === 0) throw new Error('Expected at least 1 part to merge, got 0.');
  const { resolution } = parts[0];
  const rows = parts.reduce((sum, part) => sum + part.counts.length, 0);
  const index = new CellIndex(rows);
  const totals = new Float64Array(rows);
  for (const part of parts) {
    if (part.resolution !== resolution) {
      throw new Error(`Merged counts of resolution ${part.resolution} when expected ${resolution}.`);
    }
    for (let row = 0; row < part.counts.length; row++) {
      totals[index.add(part.cellHi[row], part.cellLo[row])] += part.counts[row];
    }
  }
  return sortedCellCounts(resolution, index, totals);
}
