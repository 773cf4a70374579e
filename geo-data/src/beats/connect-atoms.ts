import type { AtomPair } from './atom-set.ts';
import { createDisjointSets } from './disjoint-sets.ts';
import { NO_STREET, nearestStreetAtoms } from './nearest-street-atoms.ts';
import type { StreetLinks } from './street-links.ts';

/** Open ground connects two atoms when their streets are at most this many atoms apart along streets. */
const SHORT_WAY_ATOMS = 4;

export interface Connecting {
  pairs: readonly AtomPair[];
  areaKm2: Float64Array;
  /** Land that touches nothing else and is smaller than this is a defect of the boundary, not an island. */
  noiseKm2: number;
  streets: StreetLinks | undefined;
  /** Whether a river, a railway or a motorway parts pair `pair`; a street gets across all the same. */
  isBarred?: ((pair: number) => boolean) | undefined;
}

/**
 * Decides which neighbouring atoms are connected; answers one flag per pair. See `createAtomSet` for the rule.
 * O(pairs log pairs).
 */
export function connectAtoms({ pairs, areaKm2, noiseKm2, streets, isBarred = () => false }: Connecting): {
  connected: Uint8Array;
  landPart: Uint16Array;
  landPartCount: number;
} {
  const count = areaKm2.length;
  const connected = new Uint8Array(pairs.length);
  const reached = createDisjointSets(count);
  const isOpen = streets && openGround(pairs, streets);
  const barred = Uint8Array.from(pairs, (_, i) => (isBarred(i) ? 1 : 0));
  for (const [i, { a, b, sharedMeters }] of pairs.entries()) {
    const onLand = sharedMeters > 0 && barred[i] === 0 && (isOpen?.(a, b) ?? true);
    if (!onLand && !streets?.links.has(a * count + b)) continue;
    connected[i] = 1;
    reached.unite(a, b);
  }
  const widestFirst = pairs
    .map((_, i) => i)
    .sort(
      (p, q) =>
        barred[p] - barred[q] ||
        pairs[q].sharedMeters - pairs[p].sharedMeters ||
        pairs[p].a - pairs[q].a ||
        pairs[p].b - pairs[q].b,
    );
  for (const i of widestFirst) {
    const { a, b, sharedMeters } = pairs[i];
    if (sharedMeters > 0 && reached.unite(a, b)) connected[i] = 1;
  }
  const area = new Map<number, number>();
  for (let atom = 0; atom < count; atom++) {
    const part = reached.find(atom);
    area.set(part, (area.get(part) ?? 0) + areaKm2[atom]);
  }
  const isNoise = (atom: number): boolean => (area.get(reached.find(atom)) ?? 0) < noiseKm2;
  for (const i of widestFirst) {
    const { a, b } = pairs[i];
    if ((isNoise(a) || isNoise(b)) && reached.unite(a, b)) connected[i] = 1;
  }
  return { connected, ...numberParts((atom) => reached.find(atom), areaKm2) };
}

/** Whether one gets from one atom into the other over open ground, if they touch on land. */
function openGround(pairs: readonly AtomPair[], streets: StreetLinks): (a: number, b: number) => boolean {
  const { streetMeters, links } = streets;
  const count = streetMeters.length;
  const nearest = nearestStreetAtoms(pairs, streetMeters);
  const alongStreets = new Map<number, number[]>();
  for (const link of links) {
    const [a, b] = [Math.floor(link / count), link % count];
    for (const [from, to] of [
      [a, b],
      [b, a],
    ]) {
      const row = alongStreets.get(from);
      if (row === undefined) alongStreets.set(from, [to]);
      else row.push(to);
    }
  }
  const withinShortWay = new Map<number, Set<number>>();
  const shortWayFrom = (start: number): Set<number> => {
    const known = withinShortWay.get(start);
    if (known !== undefined) return known;
    const reached = new Set([start]);
    let layer = [start];
    for (let step = 0; step < SHORT_WAY_ATOMS; step++) {
      const next = layer.flatMap((atom) => alongStreets.get(atom) ?? []).filter((atom) => !reached.has(atom));
      for (const atom of next) reached.add(atom);
      layer = next;
    }
    withinShortWay.set(start, reached);
    return reached;
  };
  return (a, b) => {
    if (streetMeters[a] > 0 && streetMeters[b] > 0) return false;
    if (nearest[a] === NO_STREET || nearest[b] === NO_STREET) return true;
    return shortWayFrom(nearest[a]).has(nearest[b]);
  };
}

function numberParts(
  find: (atom: number) => number,
  areaKm2: Float64Array,
): { landPart: Uint16Array; landPartCount: number } {
  const area = new Map<number, number>();
  for (let atom = 0; atom < areaKm2.length; atom++) area.set(find(atom), (area.get(find(atom)) ?? 0) + areaKm2[atom]);
  const largestFirst = [...area].sort(([p, areaOfP], [q, areaOfQ]) => areaOfQ - areaOfP || p - q).map(([part]) => part);
  const number = new Map(largestFirst.map((part, i) => [part, i]));
  return {
    landPart: Uint16Array.from(areaKm2, (_, atom) => number.get(find(atom)) ?? 0),
    landPartCount: number.size,
  };
}
