import { expect, it } from 'vitest';
import { borderLines } from './border-lines.ts';

type Place = [number, number];
const square = (x: number, y: number, side = 1): Place[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];
const length = (lines: readonly (readonly number[])[][]) =>
  lines.reduce(
    (sum, line) => sum + line.slice(1).reduce((all, [x, y], i) => all + Math.hypot(x - line[i][0], y - line[i][1]), 0),
    0,
  );

it('follows an edge that two areas share once, whichever way they go round', () => {
  const { lines } = borderLines([square(0, 0), square(1, 0).reverse(), square(0, 1)]);
  expect(length(lines)).toBe(10);
  expect(lines.every((line) => line.length > 1)).toBe(true);
});

it('leaves out the edges of other lines', () => {
  const zones = borderLines([
    [
      [0, 0],
      [1, 0],
      [2, 0],
      [2, 1],
      [1, 1],
      [0, 1],
      [0, 0],
    ],
  ]);
  const { lines } = borderLines([square(0, 0), square(1, 0)], zones);
  expect(lines).toEqual([
    [
      [1, 0],
      [1, 1],
    ],
  ]);
});
