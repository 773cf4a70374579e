import type { AtomGraph } from './atom-set.ts';
import { beatAdjacency } from './beat-adjacency.ts';
import type { BeatPlan } from './plan.ts';

/**
 * A hue number per beat such that beats with a common border differ. Beats are taken away from the map, fewest neighbours first,
 * and coloured in the opposite order, each with the lowest hue free among its neighbours (smallest-last: Matula and Beck 1983):
 * at most 6 hues on any map in the plane, 4 or 5 as a rule. O(beats²).
 */
export function colourOfBeat({ atoms, plan }: { atoms: AtomGraph; plan: BeatPlan }): Uint8Array {
  const { offset, neighbour } = beatAdjacency(atoms, plan);
  const degree = Uint32Array.from({ length: plan.beatCount }, (_, beat) => offset[beat + 1] - offset[beat]);
  const taken = new Uint8Array(plan.beatCount);
  const order: number[] = [];
  while (order.length < plan.beatCount) {
    let loneliest = -1;
    for (let beat = 0; beat < plan.beatCount; beat++) {
      if (taken[beat] === 0 && (loneliest < 0 || degree[beat] < degree[loneliest])) loneliest = beat;
    }
    taken[loneliest] = 1;
    order.push(loneliest);
    for (let e = offset[loneliest]; e < offset[loneliest + 1]; e++) degree[neighbour[e]]--;
  }
  const colour = new Uint8Array(plan.beatCount).fill(0xff);
  for (const beat of order.reverse()) {
    const used = new Set(Array.from(neighbour.subarray(offset[beat], offset[beat + 1]), (other) => colour[other]));
    let free = 0;
    while (used.has(free)) free++;
    colour[beat] = free;
  }
  return colour;
}
