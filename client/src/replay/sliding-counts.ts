import { cellToHex, parentHi, parentLo } from '@xunfang/geo-data/geometry';
import type { IncidentColumns } from '@xunfang/geo-data/incidents';
import { lowerBound } from '@xunfang/geo-data/numeric';

/**
 * Incidents per H3 cell in a window that slides over time. Moving the window adds what enters and subtracts what leaves,
 * so a frame of the replay costs what changed, not what is shown.
 */
export interface SlidingCounts {
  resolution: number;
  /** Every cell that ever has an incident in the block, as h3 strings; the other columns go with it. */
  cells: readonly string[];
  counts: Int32Array;
  /** The largest count of any cell now. */
  largest: number;
  /** Rows [fromRow, toRow) of the block are inside the window. */
  fromRow: number;
  toRow: number;
  /** Index into `cells` of every row. */
  cellOfRow: Uint32Array;
}

/** O(n) once for a block. */
export function createSlidingCounts(columns: IncidentColumns, resolution: number): SlidingCounts {
  const indexOfCell = new Map<number, number>();
  const cells: string[] = [];
  const cellOfRow = new Uint32Array(columns.count);
  for (let row = 0; row < columns.count; row++) {
    const hi = parentHi(columns.cellHi[row], resolution);
    const lo = parentLo(columns.cellLo[row], resolution);
    // The upper word's mode and resolution bits are the same in every cell: 20 bits of base cell and digits remain.
    const key = (hi & 0xfffff) * 0x100000000 + lo;
    let index = indexOfCell.get(key);
    if (index === undefined) {
      index = cells.length;
      indexOfCell.set(key, index);
      cells.push(cellToHex(hi, lo));
    }
    cellOfRow[row] = index;
  }
  return { resolution, cells, counts: new Int32Array(cells.length), largest: 0, fromRow: 0, toRow: 0, cellOfRow };
}

/** Moves the window to [fromSeconds, toSeconds). O(log n + rows that enter or leave + cells). */
export function moveWindow(
  sliding: SlidingCounts,
  columns: IncidentColumns,
  fromSeconds: number,
  toSeconds: number,
): void {
  const fromRow = lowerBound(columns.occurredAtSeconds, fromSeconds);
  const toRow = Math.max(fromRow, lowerBound(columns.occurredAtSeconds, toSeconds));
  const { counts, cellOfRow } = sliding;
  const add = (start: number, end: number, step: number) => {
    for (let row = start; row < end; row++) counts[cellOfRow[row]] += step;
  };
  // Rows of one window but not of the other; when they do not overlap these are the two windows themselves.
  add(sliding.fromRow, Math.min(sliding.toRow, fromRow), -1);
  add(Math.max(sliding.fromRow, toRow), sliding.toRow, -1);
  add(fromRow, Math.min(toRow, sliding.fromRow), 1);
  add(Math.max(fromRow, sliding.toRow), toRow, 1);
  sliding.fromRow = fromRow;
  sliding.toRow = toRow;
  let largest = 0;
  for (let cell = 0; cell < counts.length; cell++) if (counts[cell] > largest) largest = counts[cell];
  sliding.largest = largest;
}
