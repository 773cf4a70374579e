import { areaParts } from './area-parts.ts';
import type { AtomGraph } from './atom-set.ts';
import { linkRows } from './link-rows.ts';
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
  for (const [beat, parts] of areaParts(links, plan.beatOfAtom, plan.beatCount).parts.entries()) {
    if (parts === 0) findings.push({ code: 'BEAT_EMPTY', beat });
    if (parts > 1) findings.push({ code: 'BEAT_NOT_CONTIGUOUS', beat, parts });
    if (plan.zoneOfBeat[beat] === UNASSIGNED) findings.push({ code: 'BEAT_WITHOUT_ZONE', beat });
  }
  for (const [zone, parts] of areaParts(links, zoneOfAtom(plan), plan.zoneCount).parts.entries()) {
    if (parts === 0) findings.push({ code: 'ZONE_EMPTY', zone });
    if (parts > 1) findings.push({ code: 'ZONE_NOT_CONTIGUOUS', zone, parts });
  }
  return findings;
}
