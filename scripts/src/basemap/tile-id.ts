/**
 * Position of tile z/x/y on the curve PMTiles orders tiles by: all tiles of the lower zooms, then the Hilbert curve of
 * this one. Exact up to zoom 26. (PMTiles v3 specification, 4.1.)
 */
export function tileIdOf(z: number, x: number, y: number): number {
  const size = 2 ** z;
  if (!(z >= 0 && z <= 26 && x >= 0 && y >= 0 && x < size && y < size)) {
    throw new RangeError(`There is no tile ${z}/${x}/${y}.`);
  }
  let id = (4 ** z - 1) / 3;
  let column = x;
  let row = y;
  for (let half = size / 2; half >= 1; half /= 2) {
    const right = Math.floor(column / half) % 2;
    const lower = Math.floor(row / half) % 2;
    id += half * half * (right ? (lower ? 2 : 3) : lower ? 1 : 0);
    if (lower === 0) {
      if (right === 1) {
        column = half - 1 - (column % half);
        row = half - 1 - (row % half);
      }
      [column, row] = [row, column];
    }
  }
  return id;
}
