import type { SeededRandom } from '../numeric/index.ts';
import { createDisjointSets } from './disjoint-sets.ts';
import type { LinkRows } from './link-rows.ts';

const TRIALS = 16;
/** How much a split far from the middle is disliked: large pieces are easier to cut well later. */
const LOPSIDED_PENALTY = 0.15;
/** Error of workload, in beats, that weighs as much as twice the shortest border. */
const ERROR_WEIGHT = 4;

/**
 * Divides a connected graph into contiguous parts, part p carrying a share of the weight in proportion to `sizes[p]` and at
 * least `sizes[p]` atoms: random spanning trees, cut where the subtree's weight comes nearest to a group of parts, the best of
 * some trees kept, and again within both halves (the recombination step of ReCom: DeFord, Duchin, Solomon 2021).
 * Answers the part of every atom, or undefined when no tree could be cut so that every side has atoms enough, which happens
 * only when parts of size 1 are missing. O(trials · m log m · log parts).
 */
export function splitIntoParts(
  links: LinkRows,
  weight: Float64Array,
  sizes: readonly number[],
  random: SeededRandom,
): Uint16Array | undefined {
  const partOf = new Uint16Array(links.count);
  const open: { members: Uint32Array; first: number; sizes: readonly number[] }[] = [
    { members: Uint32Array.from({ length: links.count }, (_, atom) => atom), first: 0, sizes },
  ];
  const cutter = createTreeCutter(links, weight, random);
  for (let region = open.pop(); region !== undefined; region = open.pop()) {
    const { members, first } = region;
    if (region.sizes.length === 1) {
      for (const atom of members) partOf[atom] = first;
      continue;
    }
    const cut = cutter(members, region.sizes);
    if (cut === undefined) return undefined;
    open.push(
      { members: cut.prefix, first, sizes: region.sizes.slice(0, cut.partsInPrefix) },
      { members: cut.suffix, first: first + cut.partsInPrefix, sizes: region.sizes.slice(cut.partsInPrefix) },
    );
  }
  return partOf;
}

interface Cut {
  /** The side that takes the first parts, and the other. */
  prefix: Uint32Array;
  suffix: Uint32Array;
  partsInPrefix: number;
}

interface Candidate {
  node: number;
  partsInPrefix: number;
  subtreeIsPrefix: boolean;
  error: number;
}

function createTreeCutter(
  links: LinkRows,
  weight: Float64Array,
  random: SeededRandom,
): (members: Uint32Array, sizes: readonly number[]) => Cut | undefined {
  const { count, offset, target } = links;
  const position = new Uint32Array(count);
  const regionOf = new Uint32Array(count);
  let region = 0;

  return (members, sizes) => {
    region++;
    for (const [i, atom] of members.entries()) {
      regionOf[atom] = region;
      position[atom] = i;
    }
    const from: number[] = [];
    const to: number[] = [];
    for (const [i, atom] of members.entries()) {
      for (let e = offset[atom]; e < offset[atom + 1]; e++) {
        const other = target[e];
        if (other > atom && regionOf[other] === region) {
          from.push(i);
          to.push(position[other]);
        }
      }
    }
    const memberWeight = Float64Array.from(members, (atom) => weight[atom]);
    const sums = prefixSums(sizes);
    let best: { inSubtree: Uint8Array; candidate: Candidate; score: number } | undefined;
    for (let trial = 0; trial < TRIALS; trial++) {
      const tree = randomSpanningTree(members.length, from, to, random);
      const candidate = bestCut(tree, memberWeight, sums);
      if (candidate === undefined) continue;
      const inSubtree = markSubtree(tree, candidate.node);
      let border = 0;
      for (let e = 0; e < from.length; e++) border += inSubtree[from[e]] ^ inSubtree[to[e]];
      const shortest = 2 * Math.sqrt(members.length);
      const score = ERROR_WEIGHT * candidate.error + border / shortest;
      if (best === undefined || score < best.score) best = { inSubtree, candidate, score };
    }
    if (best === undefined) return undefined;
    const { inSubtree, candidate } = best;
    const inPrefix = candidate.subtreeIsPrefix ? 1 : 0;
    return {
      prefix: members.filter((_, i) => inSubtree[i] === inPrefix),
      suffix: members.filter((_, i) => inSubtree[i] !== inPrefix),
      partsInPrefix: candidate.partsInPrefix,
    };
  };
}

interface RootedTree {
  /** Nodes from the root outwards. */
  order: Uint32Array;
  parent: Int32Array;
}

/** Kruskal on random keys. */
function randomSpanningTree(count: number, from: number[], to: number[], random: SeededRandom): RootedTree {
  // One float per edge holds a random key above and the edge number below, so that the native sort can be used.
  const keys = Float64Array.from(from, (_, edge) => random.int(0x200000) * 0x100000000 + edge).sort();
  const sets = createDisjointSets(count);
  const treeOffset = new Uint32Array(count + 1);
  const treeEdges: number[] = [];
  for (const key of keys) {
    const edge = key % 0x100000000;
    if (!sets.unite(from[edge], to[edge])) continue;
    treeEdges.push(edge);
    treeOffset[from[edge] + 1]++;
    treeOffset[to[edge] + 1]++;
  }
  for (let i = 0; i < count; i++) treeOffset[i + 1] += treeOffset[i];
  const next = treeOffset.slice();
  const adjacent = new Uint32Array(treeEdges.length * 2);
  for (const edge of treeEdges) {
    adjacent[next[from[edge]]++] = to[edge];
    adjacent[next[to[edge]]++] = from[edge];
  }
  const order = new Uint32Array(count);
  const parent = new Int32Array(count).fill(-1);
  let filled = 1;
  for (let i = 0; i < filled; i++) {
    const node = order[i];
    for (let e = treeOffset[node]; e < treeOffset[node + 1]; e++) {
      if (adjacent[e] === parent[node]) continue;
      parent[adjacent[e]] = node;
      order[filled++] = adjacent[e];
    }
  }
  return { order, parent };
}

/** The tree edge (named by its lower node) whose removal divides weight and atoms best. */
function bestCut({ order, parent }: RootedTree, weight: Float64Array, sums: number[]): Candidate | undefined {
  const count = order.length;
  const beats = sums[sums.length - 1];
  const subtreeWeight = weight.slice();
  const subtreeCount = new Uint32Array(count).fill(1);
  for (let i = count - 1; i > 0; i--) {
    subtreeWeight[parent[order[i]]] += subtreeWeight[order[i]];
    subtreeCount[parent[order[i]]] += subtreeCount[order[i]];
  }
  const total = subtreeWeight[order[0]];
  const perBeat = total > 0 ? total / beats : 1;
  let best: Candidate | undefined;
  let bestScore = Number.POSITIVE_INFINITY;
  for (let i = 1; i < count; i++) {
    const node = order[i];
    for (const subtreeIsPrefix of [true, false]) {
      const prefixWeight = subtreeIsPrefix ? subtreeWeight[node] : total - subtreeWeight[node];
      const prefixCount = subtreeIsPrefix ? subtreeCount[node] : count - subtreeCount[node];
      const parts = nearestParts(sums, prefixWeight / perBeat, prefixCount, count - prefixCount);
      if (parts === undefined) continue;
      const smaller = Math.min(sums[parts], beats - sums[parts]);
      const error = Math.abs(prefixWeight / perBeat - sums[parts]) / smaller;
      const score = error + LOPSIDED_PENALTY * Math.abs(sums[parts] / beats - 0.5);
      if (score >= bestScore) continue;
      bestScore = score;
      best = { node, partsInPrefix: parts, subtreeIsPrefix, error: score };
    }
  }
  return best;
}

/** How many leading parts come nearest to `beats` beats and leave both sides as many atoms as beats. */
function nearestParts(sums: number[], beats: number, prefixAtoms: number, suffixAtoms: number): number | undefined {
  let low = 1;
  let high = sums.length - 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] < beats) low = middle + 1;
    else high = middle;
  }
  const total = sums[sums.length - 1];
  // Both bounds are monotone in the number of parts, so walking towards the feasible side finds the nearest one.
  if (low > 1 && beats - sums[low - 1] < sums[low] - beats) low--;
  while (low > 1 && sums[low] > prefixAtoms) low--;
  while (low < sums.length - 2 && total - sums[low] > suffixAtoms) low++;
  return sums[low] <= prefixAtoms && total - sums[low] <= suffixAtoms ? low : undefined;
}

function markSubtree({ order, parent }: RootedTree, root: number): Uint8Array {
  const inSubtree = new Uint8Array(order.length);
  for (const node of order)
    inSubtree[node] = Number(node === root || (parent[node] >= 0 && inSubtree[parent[node]] === 1));
  return inSubtree;
}

function prefixSums(sizes: readonly number[]): number[] {
  const sums = [0];
  for (const size of sizes) sums.push(sums[sums.length - 1] + size);
  return sums;
}
