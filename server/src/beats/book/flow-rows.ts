import type { Rect } from './map-frame.ts';

/** A line of a list; `draw` gets the left and the top of its room. */
export interface Row {
  height: number;
  draw: (x: number, y: number, width: number) => void;
}
export interface Section {
  title: (isContinued: boolean) => Row;
  rows: Row[];
  /** Begun in a column before. */
  isContinued?: boolean;
}

const GAP = 9;

/** Of sections in one column. */
export const heightOf = (sections: readonly Section[]): number =>
  sections.reduce(
    (sum, { title, rows }) => sum + title(false).height + rows.reduce((height, row) => height + row.height, GAP),
    0,
  );

/**
 * Sets sections into columns one after the other. A title never stands alone at a column's end, and comes again where its rows go on. Answers
 * what found no room.
 */
export function flowRows(sections: readonly Section[], columns: readonly Rect[]): Section[] {
  let column = 0;
  let y = columns[0]?.y ?? 0;
  for (const [at, section] of sections.entries()) {
    let isContinued = section.isContinued ?? false;
    for (let row = 0; row < section.rows.length; ) {
      const title = section.title(isContinued);
      // At the top of a column even what is too high for it, so that it ends.
      while (column < columns.length && y > columns[column].y && y + title.height + section.rows[row].height > bottom())
        next();
      if (column >= columns.length)
        return [{ ...section, rows: section.rows.slice(row), isContinued }, ...sections.slice(at + 1)];
      put(title);
      do put(section.rows[row++]);
      while (row < section.rows.length && y + section.rows[row].height <= bottom());
      isContinued = true;
      if (row < section.rows.length) next();
    }
    y += GAP;
  }
  return [];

  function put(row: Row): void {
    row.draw(columns[column].x, y, columns[column].width);
    y += row.height;
  }
  function next(): void {
    column++;
    y = columns[column]?.y ?? 0;
  }
  function bottom(): number {
    return columns[column].y + columns[column].height;
  }
}
