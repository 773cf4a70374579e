import { expect, it } from 'vitest';
import { exchangeAtoms } from './exchange-atoms.ts';
import { drawnAtoms } from './fixtures/atom-graphs.ts';
import { linkRows } from './link-rows.ts';

/** Two beats of two atoms, one above the other; neither can give an atom away: the other would be far beyond its limit. */
const WORKLOAD = Float64Array.of(0.675, 0.438, 0.401, 0.486);
const square = () => ({
  links: linkRows(drawnAtoms(['##', '##'])),
  workload: WORKLOAD,
  plan: { beatCount: 2, zoneCount: 1, beatOfAtom: Uint16Array.of(0, 0, 1, 1), zoneOfBeat: Uint16Array.of(0, 0) },
});

it('brings two beats within their limits by exchanging an atom for an atom', () => {
  const request = square();
  exchangeAtoms({ ...request, least: 0.9, most: 1.1 });
  const [upperLeft, upperRight, lowerLeft, lowerRight] = request.plan.beatOfAtom;
  expect([upperLeft === lowerLeft, upperRight === lowerRight, upperLeft === upperRight]).toEqual([true, true, false]);
});

it('leaves a plan alone that lies within them', () => {
  const request = square();
  exchangeAtoms({ ...request, least: 0.8, most: 1.2 });
  expect([...request.plan.beatOfAtom]).toEqual([0, 0, 1, 1]);
});

it('tears no beat apart for the sake of balance', () => {
  const row = {
    links: linkRows(drawnAtoms(['####'])),
    workload: Float64Array.of(0.6, 0.6, 0.4, 0.4),
    plan: { beatCount: 2, zoneCount: 1, beatOfAtom: Uint16Array.of(0, 0, 1, 1), zoneOfBeat: Uint16Array.of(0, 0) },
  };
  exchangeAtoms({ ...row, least: 0.9, most: 1.1 });
  expect([...row.plan.beatOfAtom]).toEqual([0, 0, 1, 1]);
});
