import type { AtomGraph, BeatPlan } from '@xunfang/geo-data/beats';
import type { SeededRandom } from '@xunfang/geo-data/numeric';

const NONE = 0xffff;
const MAX_SWEEPS = 400;

/**
 * The straightforward way to design beats, to compare with: seeds far apart, the lightest beat always takes its nearest free
 * neighbour, then atoms move from heavier beats to lighter neighbours as long as that evens them out and tears nothing
 * apart. Zones are pairs of neighbouring beats, found greedily.
 */
export function growAndSwap(
  atoms: AtomGraph,
  workload: Float64Array,
  beats: number,
  zones: number,
  random: SeededRandom,
): BeatPlan {
  const beatOfAtom = new Uint16Array(atoms.count).fill(NONE);
  const work = new Float64Array(beats);
  const seeds = spreadSeeds(atoms, beats, random);
  for (const [beat, seed] of seeds.entries()) {
    beatOfAtom[seed] = beat;
    work[beat] += workload[seed];
  }
  for (let free = atoms.count - beats; free > 0; free--) {
    let best = { atom: -1, beat: -1, work: Number.POSITIVE_INFINITY, distance: 0 };
    for (let atom = 0; atom < atoms.count; atom++) {
      if (beatOfAtom[atom] !== NONE) continue;
      for (const beat of beatsAround(atoms, beatOfAtom, atom)) {
        const distance = distanceBetween(atoms, atom, seeds[beat]);
        if (work[beat] > best.work || (work[beat] === best.work && distance >= best.distance)) continue;
        best = { atom, beat, work: work[beat], distance };
      }
    }
    beatOfAtom[best.atom] = best.beat;
    work[best.beat] += workload[best.atom];
  }
  for (let sweep = 0, moved = true; moved && sweep < MAX_SWEEPS; sweep++) {
    moved = false;
    for (let atom = 0; atom < atoms.count; atom++) {
      const from = beatOfAtom[atom];
      for (const to of beatsAround(atoms, beatOfAtom, atom)) {
        if (to === from || work[from] - workload[atom] <= work[to] || !staysWhole(atoms, beatOfAtom, atom)) continue;
        beatOfAtom[atom] = to;
        work[from] -= workload[atom];
        work[to] += workload[atom];
        moved = true;
        break;
      }
    }
  }
  return { beatCount: beats, zoneCount: zones, beatOfAtom, zoneOfBeat: pairBeats(atoms, beatOfAtom, beats, zones) };
}

function spreadSeeds(atoms: AtomGraph, beats: number, random: SeededRandom): number[] {
  const seeds = [random.int(atoms.count)];
  while (seeds.length < beats) {
    let farthest = 0;
    let farthestMeters = -1;
    for (let atom = 0; atom < atoms.count; atom++) {
      const meters = Math.min(...seeds.map((seed) => distanceBetween(atoms, atom, seed)));
      if (meters > farthestMeters) [farthest, farthestMeters] = [atom, meters];
    }
    seeds.push(farthest);
  }
  return seeds;
}

function distanceBetween({ xMeters, yMeters }: AtomGraph, a: number, b: number): number {
  return Math.hypot(xMeters[a] - xMeters[b], yMeters[a] - yMeters[b]);
}

function beatsAround(atoms: AtomGraph, beatOfAtom: Uint16Array, atom: number): Set<number> {
  const found = new Set<number>();
  for (let e = atoms.neighbourOffset[atom]; e < atoms.neighbourOffset[atom + 1]; e++) {
    const beat = beatOfAtom[atoms.neighbour[e]];
    if (beat !== NONE && atoms.connected[e] === 1) found.add(beat);
  }
  return found;
}

function staysWhole(atoms: AtomGraph, beatOfAtom: Uint16Array, leaving: number): boolean {
  const beat = beatOfAtom[leaving];
  const rest = Array.from(beatOfAtom.keys()).filter((atom) => beatOfAtom[atom] === beat && atom !== leaving);
  const reached = new Set(rest.slice(0, 1));
  for (const atom of reached) {
    for (let e = atoms.neighbourOffset[atom]; e < atoms.neighbourOffset[atom + 1]; e++) {
      const other = atoms.neighbour[e];
      if (other !== leaving && beatOfAtom[other] === beat && atoms.connected[e] === 1) reached.add(other);
    }
  }
  return rest.length > 0 && reached.size === rest.length;
}

function pairBeats(atoms: AtomGraph, beatOfAtom: Uint16Array, beats: number, zones: number): Uint16Array {
  const zoneOfBeat = Uint16Array.from({ length: beats }, (_, beat) => beat);
  let count = beats;
  for (let atom = 0; atom < atoms.count && count > zones; atom++) {
    for (const other of beatsAround(atoms, beatOfAtom, atom)) {
      const [zone, otherZone] = [zoneOfBeat[beatOfAtom[atom]], zoneOfBeat[other]];
      const sizeOf = (z: number): number => zoneOfBeat.filter((value) => value === z).length;
      if (zone === otherZone || count <= zones || sizeOf(zone) + sizeOf(otherZone) > Math.ceil(beats / zones)) continue;
      zoneOfBeat.forEach((value, beat) => {
        if (value === otherZone) zoneOfBeat[beat] = zone;
      });
      count--;
    }
  }
  const numbers = [...new Set(zoneOfBeat)];
  return zoneOfBeat.map((zone) => numbers.indexOf(zone));
}
