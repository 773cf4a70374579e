interface Rows {
  length: number;
  version: number;
}

/**
 * Rows whose icons, angles and colours deck.gl computes anew (its `_dataDiff`): none between versions, where only the places are others.
 * With new data it does not look at update triggers, so the version travels with the data.
 */
export function changedRows(next: Rows, last: Rows): { startRow: number; endRow: number }[] {
  const same = next.length === last.length && next.version === last.version;
  return same ? [] : [{ startRow: 0, endRow: next.length }];
}
