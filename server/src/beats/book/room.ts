import type { Rect } from './map-frame.ts';

/** What is written on a map, so that nothing is written over it. */
export interface Room {
  isFree(rects: readonly Rect[]): boolean;
  take(rects: readonly Rect[]): void;
}

export function createRoom(within: Rect): Room {
  const taken: Rect[] = [];
  const overlap = (a: Rect, b: Rect) =>
    a.x < b.x + b.width && a.x + a.width > b.x && a.y < b.y + b.height && a.y + a.height > b.y;
  const isWithin = ({ x, y, width, height }: Rect) =>
    x >= within.x && y >= within.y && x + width <= within.x + within.width && y + height <= within.y + within.height;
  return {
    isFree: (rects) => rects.every((rect) => isWithin(rect) && !taken.some((other) => overlap(rect, other))),
    take: (rects) => void taken.push(...rects),
  };
}

export const around = (x: number, y: number, width: number, height: number): Rect => ({
  x: x - width / 2,
  y: y - height / 2,
  width,
  height,
});
