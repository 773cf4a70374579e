import type { DraftEdit, DraftOperation, DraftPlan } from '@xunfang/geo-data/beats';
import type { ProposedPlan } from '@xunfang/geo-data/contract';

/** The draft as it would be with the proposal. Whoever removed or added areas since the search began keeps them. */
export function planOfProposal(view: DraftPlan, proposed: ProposedPlan): DraftPlan {
  const zoneOf = zonesOf(proposed);
  return {
    ...view,
    beatOfAtom: Uint16Array.from(proposed.beatOfAtom),
    beats: view.beats.map((beat, key) => ({ ...beat, zone: zoneOf.get(key) ?? beat.zone })),
  };
}

/** One step that makes the proposal of the draft as it stands: atoms that change hands, beats that change zones. */
export function editOfProposal(view: DraftPlan, proposed: ProposedPlan): DraftEdit {
  const atoms = Uint32Array.from(view.beatOfAtom.keys()).filter(
    (atom) => view.beatOfAtom[atom] !== proposed.beatOfAtom[atom],
  );
  const operations = [...zonesOf(proposed)].flatMap(([beat, zone]): DraftOperation[] => {
    const known = view.beats[beat];
    if (!known || known.removed || known.zone === zone) return [];
    return [{ op: 'set-beat', beat, before: { zone: known.zone }, after: { zone } }];
  });
  return {
    operations,
    paint:
      atoms.length === 0
        ? null
        : {
            atoms,
            before: Uint16Array.from(atoms, (atom) => view.beatOfAtom[atom]),
            after: Uint16Array.from(atoms, (atom) => proposed.beatOfAtom[atom]),
          },
  };
}

const zonesOf = ({ zoneOfBeat }: ProposedPlan) => new Map(zoneOfBeat.map(({ beat, zone }) => [beat, zone]));
