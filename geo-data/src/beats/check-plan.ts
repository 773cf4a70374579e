import type { AtomGraph } from './atom-set.ts';
import { type LinkRows, linkRows } from './link-rows.ts';
import { assertPlanFits, type BeatPlan, UNASSIGNED, zoneOfAtom } from './plan.ts';

/** What is wrong with a plan. Numbers start at 0. */
export type PlanFinding =
  | { code: 'ATOMS_UNASSIGNED'; atoms: number[] }
  | { code: 'BEAT_EMPTY'; beat: number }
  | { code: 'BEAT_WITHOUT_ZONE'; beat: number }
  | { code: 'BEAT_NOT_CONTIGUOUS'; beat: number; parts: number }
  | { code: 'ZONE_EMPTY'; zone: number }
  | { code: 'ZONE_NOT_CONTIGUOUS'; zone: number; parts: number };

/**
 * Everything that keeps a plan from being published: atoms without a beat, beats without an atom or a zone, zones without a
 * beat, and beats or zones that are not contiguous along connected atoms. Empty for a sound plan. That every beat lies in one
 * zone and no two overlap needs no check: the columns cannot say otherwise. O(atoms + links).
 * Throws a RangeError for a plan that is not one of these atoms.
 */
export function checkPlan({ atoms, plan }: { atoms: AtomGraph; plan: BeatPlan }): PlanFinding[] {
  assertPlanFits(atoms, plan);
  const links = linkRows(atoms);
  const findings: PlanFinding[] = [];
  const unassigned = Array.from(plan.beatOfAtom.keys()).filter((atom) => plan.beatOfAtom[atom] === UNASSIGNED);
  if (unassigned.length > 0) findings.push({ code: 'ATOMS_UNASSIGNED', atoms: unassigned });
  for (const [beat, parts] of countParts(links, plan.beatOfAtom, plan.beatCount).entries()) {
    if (parts === 0) findings.push({ code: 'BEAT_EMPTY', beat });
    if (parts > 1) findings.push({ code: 'BEAT_NOT_CONTIGUOUS', beat, parts });
    if (plan.zoneOfBeat[beat] === UNASSIGNED) findings.push({ code: 'BEAT_WITHOUT_ZONE', beat });
  }
  for (const [zone, parts] of countParts(links, zoneOfAtom(plan), plan.zoneCount).entries()) {
    if (parts === 0) findings.push({ code: 'ZONE_EMPTY', zone });
    if (parts > 1) findings.push({ code: 'ZONE_NOT_CONTIGUOUS', zone, parts });
  }
  return findings;
}

/** Number of connected pieces of every area. */
function countParts({ count, offset, target }: LinkRows, areaOf: Uint16Array, areaCount: number): Uint32Array {
  const parts = new Uint32Array(areaCount);
  const seen = new Uint8Array(count);
  const stack: number[] = [];
  for (let start = 0; start < count; start++) {
    if (seen[start] === 1 || areaOf[start] === UNASSIGNED) continue;
    parts[areaOf[start]]++;
    seen[start] = 1;
    stack.push(start);
    for (let atom = stack.pop(); atom !== undefined; atom = stack.pop()) {
      for (let e = offset[atom]; e < offset[atom + 1]; e++) {
        const other = target[e];
        if (seen[other] === 1 || areaOf[other] !== areaOf[start]) continue;
        seen[other] = 1;
        stack.push(other);
      }
    }
  }
  return parts;
}
