import { describe, expect, it } from 'vitest';
import { createAtomSet } from './atoms.ts';
import { checkDraft } from './check-draft.ts';
import { checkPlan } from './check-plan.ts';
import { designBeats } from './design-beats.ts';
import { compactPlan, type DraftPlan } from './draft-plan.ts';
import { metresPolygon, rectangle } from './fixtures/chengdu.ts';
import { UNASSIGNED } from './plan.ts';

const atoms = createAtomSet({ boundary: metresPolygon(rectangle(-3000, -2000, 3000, 2000)), resolution: 9 });
const workload = new Float64Array(atoms.count).fill(1);
const { plan } = designBeats({ atoms, workload, beats: 6, zones: 3, seed: 1 });
const area = (number: number) => ({
  number,
  name: { zh: `第${number}`, en: `No ${number}` },
  colour: 0,
  locked: false,
  removed: false,
});

/** The design with an empty place before its beats: keys are not numbers from 0. */
function draft(): DraftPlan & { beats: { number: number; name: { zh: string; en: string }; removed: boolean }[] } {
  return {
    beatOfAtom: plan.beatOfAtom.map((beat) => beat + 1),
    lockedAtoms: new Uint8Array(atoms.count),
    beats: [
      { ...area(99), zone: 0, removed: true },
      ...Array.from(plan.zoneOfBeat, (zone, beat) => ({ ...area(beat + 1), zone })),
    ],
    zones: [1, 2, 3].map(area),
  };
}

describe('the hard checks of a draft', () => {
  it('let a design pass, and see the plan in it', () => {
    expect(checkDraft({ atoms, draft: draft() })).toEqual([]);
    const compact = compactPlan(draft());
    expect(compact.plan).toEqual(plan);
    expect(Array.from(compact.beatKeys)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(checkPlan({ atoms, plan: compact.plan })).toEqual([]);
  });

  it('show the atoms of no beat, also of one that was removed', () => {
    const changed = draft();
    changed.beatOfAtom[5] = UNASSIGNED;
    changed.beatOfAtom[9] = 0;
    expect(checkDraft({ atoms, draft: changed })).toContainEqual({
      ...about('ATOMS_UNASSIGNED'),
      atoms: [5, 9],
    });
  });

  it('show what lies apart from a beat, and from its zone', () => {
    const changed = draft();
    const own = changed.beatOfAtom[0];
    const far = changed.beatOfAtom.findLastIndex(
      (beat) => beat !== own && plan.zoneOfBeat[beat - 1] !== plan.zoneOfBeat[own - 1],
    );
    changed.beatOfAtom[far] = own;
    const problems = checkDraft({ atoms, draft: changed });
    expect(problems).toContainEqual({ ...about('BEAT_NOT_CONTIGUOUS'), beats: [own], atoms: [far], parts: 2 });
    expect(problems).toContainEqual({
      ...about('ZONE_NOT_CONTIGUOUS'),
      zones: [plan.zoneOfBeat[own - 1]],
      atoms: [far],
      parts: 2,
    });
  });

  it('name beats without an atom and more beats than atoms', () => {
    const changed = draft();
    changed.beats.push({ ...area(7), zone: 0 } as never);
    expect(checkDraft({ atoms, draft: changed })).toEqual([{ ...about('BEAT_EMPTY'), beats: [7] }]);
    for (let key = 8; key <= atoms.count + 1; key++) changed.beats.push({ ...area(key), zone: 0 } as never);
    expect(checkDraft({ atoms, draft: changed })[0]).toMatchObject({ code: 'MORE_BEATS_THAN_ATOMS' });
  });

  it('name those that share a number, or a name in one of the languages', () => {
    const changed = draft();
    changed.beats[2].number = 1;
    changed.beats[3].name = { zh: ' 第4 ', en: 'Other' };
    changed.zones[2].name.en = 'No 1';
    expect(checkDraft({ atoms, draft: changed })).toEqual([
      { ...about('BEAT_NUMBER_TAKEN'), beats: [1, 2] },
      { ...about('BEAT_NAME_TAKEN'), beats: [3, 4] },
      { ...about('ZONE_NAME_TAKEN'), zones: [0, 2] },
    ]);
  });

  it('refuse a draft of other atoms', () => {
    expect(() => checkDraft({ atoms, draft: { ...draft(), beatOfAtom: new Uint16Array(3) } })).toThrow(
      `The draft assigns 3 atoms, expected ${atoms.count}.`,
    );
  });
});

const about = (code: string) => ({ code, beats: [], zones: [], atoms: [], parts: 0 });
