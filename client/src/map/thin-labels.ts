/** Pixels of the whole world's width at zoom 0, in MapLibre's tiles of 512. */
const WORLD_PX = 512;
/** A CJK character is as wide as it is high, a Latin one about half. */
const WIDE = /[\u2e80-\uffff]/;
/** Air around a label, in pixels. */
const GAP_PX = 4;

export interface LabelBoxes {
  count: number;
  text: (index: number) => string;
  /** Degrees. NaN: not on the map. */
  lon: (index: number) => number;
  lat: (index: number) => number;
  /** Higher stays when two overlap; equal ones give way in order. */
  priority: (index: number) => number;
  sizePx: number;
}

/**
 * Indexes of the labels that fit at a zoom without touching each other, most important first. What overlaps depends on the zoom
 * alone, so panning changes nothing. (deck.gl's own collision filter hides everything when layers are interleaved with
 * the basemap.) O(n log n) for the order; each label looks only at its neighbours on a grid.
 */
export function thinLabels(labels: LabelBoxes, zoom: number): number[] {
  const { count, sizePx } = labels;
  const order: number[] = [];
  for (let index = 0; index < count; index++)
    if (!Number.isNaN(labels.lon(index)) && labels.text(index) !== '') order.push(index);
  order.sort((a, b) => labels.priority(b) - labels.priority(a) || a - b);
  const worldPx = WORLD_PX * 2 ** zoom;
  const heightPx = sizePx * 1.2 + GAP_PX;
  const rows = new Map<number, { left: number; right: number; top: number }[]>();
  const shown: number[] = [];
  for (const index of order) {
    const halfWidth = widthPx(labels.text(index), sizePx) / 2 + GAP_PX;
    const x = ((labels.lon(index) + 180) / 360) * worldPx;
    const top = mercatorY(labels.lat(index)) * worldPx;
    const row = Math.floor(top / heightPx);
    const box = { left: x - halfWidth, right: x + halfWidth, top };
    const touches = [row - 1, row, row + 1].some((candidate) =>
      rows
        .get(candidate)
        ?.some((other) => box.left < other.right && other.left < box.right && Math.abs(other.top - top) < heightPx),
    );
    if (touches) continue;
    const inRow = rows.get(row);
    if (inRow) inRow.push(box);
    else rows.set(row, [box]);
    shown.push(index);
  }
  return shown;
}

function widthPx(text: string, sizePx: number): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 1 : 0.58;
  return width * sizePx;
}

function mercatorY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}
