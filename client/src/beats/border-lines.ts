import type { Position } from 'geojson';

/** The borders of areas whose neighbours share their vertices, each stretch once. */
export interface BorderLines {
  lines: Position[][];
  /** Every edge of them. */
  edges: ReadonlySet<string>;
}

/**
 * Lines along the rings (closed) that follow each edge once, however many rings share it, and none of `except`: drawn twice a
 * translucent line is another colour, and costs twice. O(vertices).
 */
export function borderLines(rings: Iterable<readonly Position[]>, except?: BorderLines): BorderLines {
  const edges = new Set<string>();
  const lines: Position[][] = [];
  for (const ring of rings) {
    let line: Position[] = [];
    for (let at = 1; at < ring.length; at++) {
      const [from, to] = [ring[at - 1], ring[at]];
      const edge = edgeBetween(from, to);
      if (edges.has(edge) || except?.edges.has(edge)) {
        line = [];
        continue;
      }
      edges.add(edge);
      if (line.length === 0) {
        line.push(from);
        lines.push(line);
      }
      line.push(to);
    }
  }
  return { lines, edges };
}

/** The same from either side. */
function edgeBetween([x1, y1]: Position, [x2, y2]: Position): string {
  return x1 < x2 || (x1 === x2 && y1 < y2) ? `${x1},${y1};${x2},${y2}` : `${x2},${y2};${x1},${y1}`;
}
