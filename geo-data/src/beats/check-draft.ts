import { areaParts } from './area-parts.ts';
import type { AtomGraph } from './atom-set.ts';
import { compactPlan, type DraftPlan } from './draft-plan.ts';
import { linkRows } from './link-rows.ts';
import { UNASSIGNED, zoneOfAtom } from './plan.ts';

/** What keeps a draft from being published, with what to show on the map: keys of the areas, atoms that are wrong. */
export interface DraftProblem {
  code:
    | 'ATOMS_UNASSIGNED'
    | 'MORE_BEATS_THAN_ATOMS'
    | 'NO_BEATS'
    | 'BEAT_EMPTY'
    | 'BEAT_NOT_CONTIGUOUS'
    | 'BEAT_WITHOUT_ZONE'
    | 'BEAT_NUMBER_TAKEN'
    | 'BEAT_NAME_TAKEN'
    | 'ZONE_EMPTY'
    | 'ZONE_NOT_CONTIGUOUS'
    | 'ZONE_NUMBER_TAKEN'
    | 'ZONE_NAME_TAKEN';
  beats: number[];
  zones: number[];
  /** Unassigned ones; of an area in pieces all but the largest piece. */
  atoms: number[];
  /** Pieces of an area in pieces, else 0. */
  parts: number;
}

/**
 * The hard checks: every atom in a beat, every beat in a zone, both in one piece along connected atoms, none empty, numbers and names (in
 * each language) unique among beats and among zones. Empty for a sound draft. O(atoms + links + areas).
 */
export function checkDraft({ atoms, draft }: { atoms: AtomGraph; draft: DraftPlan }): DraftProblem[] {
  const { plan, beatKeys, zoneKeys } = compactPlan(draft);
  if (plan.beatOfAtom.length !== atoms.count) {
    throw new RangeError(`The draft assigns ${plan.beatOfAtom.length} atoms, expected ${atoms.count}.`);
  }
  const problems: DraftProblem[] = [];
  const add = (code: DraftProblem['code'], about: Partial<DraftProblem>) =>
    problems.push({ beats: [], zones: [], atoms: [], parts: 0, ...about, code });

  const unassigned = Array.from(plan.beatOfAtom.keys()).filter((atom) => plan.beatOfAtom[atom] === UNASSIGNED);
  if (plan.beatCount === 0) add('NO_BEATS', {});
  if (plan.beatCount > atoms.count) add('MORE_BEATS_THAN_ATOMS', { beats: Array.from(beatKeys) });
  if (unassigned.length > 0) add('ATOMS_UNASSIGNED', { atoms: unassigned });

  const links = linkRows(atoms);
  const ofBeats = areaParts(links, plan.beatOfAtom, plan.beatCount);
  for (const [place, key] of beatKeys.entries()) {
    const parts = ofBeats.parts[place];
    if (parts === 0) add('BEAT_EMPTY', { beats: [key] });
    if (parts > 1) add('BEAT_NOT_CONTIGUOUS', { beats: [key], atoms: ofBeats.strays[place], parts });
    if (plan.zoneOfBeat[place] === UNASSIGNED) add('BEAT_WITHOUT_ZONE', { beats: [key] });
  }
  const ofZones = areaParts(links, zoneOfAtom(plan), plan.zoneCount);
  for (const [place, key] of zoneKeys.entries()) {
    const parts = ofZones.parts[place];
    if (parts === 0) add('ZONE_EMPTY', { zones: [key] });
    if (parts > 1) add('ZONE_NOT_CONTIGUOUS', { zones: [key], atoms: ofZones.strays[place], parts });
  }
  const taken = (keys: Uint16Array, areas: DraftPlan['zones']) => sharedMarks(Array.from(keys), areas);
  for (const { mark, keys } of taken(beatKeys, draft.beats)) add(`BEAT_${mark}_TAKEN`, { beats: keys });
  for (const { mark, keys } of taken(zoneKeys, draft.zones)) add(`ZONE_${mark}_TAKEN`, { zones: keys });
  return problems;
}

/** Numbers and names that more than one area has. */
function sharedMarks(keys: number[], areas: DraftPlan['zones']): { mark: 'NUMBER' | 'NAME'; keys: number[] }[] {
  const groups = (markOf: (key: number) => string | number) =>
    [...Map.groupBy(keys, markOf).values()].filter((group) => group.length > 1);
  const byName = [...groups((key) => areas[key].name.zh.trim()), ...groups((key) => areas[key].name.en.trim())];
  const distinct = new Map(byName.map((group) => [group.join(), group]));
  return [
    ...groups((key) => areas[key].number).map((group) => ({ mark: 'NUMBER' as const, keys: group })),
    ...[...distinct.values()].map((group) => ({ mark: 'NAME' as const, keys: group })),
  ];
}
