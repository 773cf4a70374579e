import Flatbush from 'flatbush';
import type { BureauLines } from './areas/line-book.ts';
import type { AtomPair } from './atom-set.ts';

/**
 * Whether the straight line between the centres of a pair meets a barrier; undefined where there are none. O(barriers log barriers), then
 * O(log barriers) a pair. Centres in metres.
 */
export function barredByLines(
  pairs: readonly AtomPair[],
  { xMeters, yMeters }: { xMeters: Float64Array; yMeters: Float64Array },
  { segments: { fromX, fromY, toX, toY }, kind }: BureauLines,
): ((pair: number) => boolean) | undefined {
  const barriers = Array.from(kind.keys()).filter((i) => kind[i] === 'barrier');
  if (barriers.length === 0) return undefined;
  const tree = new Flatbush(barriers.length);
  for (const i of barriers)
    tree.add(
      Math.min(fromX[i], toX[i]),
      Math.min(fromY[i], toY[i]),
      Math.max(fromX[i], toX[i]),
      Math.max(fromY[i], toY[i]),
    );
  tree.finish();
  return (pair) => {
    const { a, b } = pairs[pair];
    const [ax, ay, bx, by] = [xMeters[a], yMeters[a], xMeters[b], yMeters[b]];
    return tree.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)).some((at) => {
      const i = barriers[at];
      return (
        areApart(ax, ay, bx, by, fromX[i], fromY[i], toX[i], toY[i]) &&
        areApart(fromX[i], fromY[i], toX[i], toY[i], ax, ay, bx, by)
      );
    });
  };
}

/** Whether c and d lie on different sides of the line from a to b, or on it. */
function areApart(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): boolean {
  const c = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  const d = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax);
  return c === 0 || d === 0 || c > 0 !== d > 0;
}
