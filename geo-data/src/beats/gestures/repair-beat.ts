import type { PlanEdit } from '../apply-edit.ts';
import type { AtomGraph } from '../atom-set.ts';
import type { DraftPlan } from '../draft-plan.ts';
import { linkRows } from '../link-rows.ts';
import { UNASSIGNED } from '../plan.ts';
import { beatPieces } from './beat-pieces.ts';
import { mayMove } from './may-move.ts';

/**
 * Makes a beat whole again by giving each of its cut-off pieces, all but the largest, to the beat with which the piece has the longest
 * common border among those it is connected to (the lowest number among equals). A piece that touches no other beat, or that
 * the locks keep in place, stays: then the beat is still in pieces. O(atoms + links).
 */
export function repairBeat(atoms: AtomGraph, draft: DraftPlan, beat: number): PlanEdit {
  const { beatOfAtom } = draft;
  const [, ...cutOff] = beatPieces(linkRows(atoms), beatOfAtom, beat);
  const takerOf = new Map<number, number>();
  for (const piece of cutOff) {
    const neighbours = [...borders(atoms, beatOfAtom, piece, beat)].sort(
      ([p, metersOfP], [q, metersOfQ]) => metersOfQ - metersOfP || p - q,
    );
    const taker = neighbours.find(([other]) => piece.every((atom) => mayMove(draft, atom, other)));
    if (taker !== undefined) for (const atom of piece) takerOf.set(atom, taker[0]);
  }
  const moved = Uint32Array.from(takerOf.keys()).sort();
  return {
    atoms: moved,
    before: new Uint16Array(moved.length).fill(beat),
    after: Uint16Array.from(moved, (atom) => takerOf.get(atom) ?? beat),
  };
}

/** Length of a piece's border with every other beat that it is connected to. */
function borders(atoms: AtomGraph, beatOfAtom: Uint16Array, piece: Uint32Array, beat: number): Map<number, number> {
  const meters = new Map<number, number>();
  const connected = new Set<number>();
  for (const atom of piece) {
    for (let e = atoms.neighbourOffset[atom]; e < atoms.neighbourOffset[atom + 1]; e++) {
      const other = beatOfAtom[atoms.neighbour[e]];
      if (other === beat || other === UNASSIGNED) continue;
      meters.set(other, (meters.get(other) ?? 0) + atoms.sharedEdgeMeters[e]);
      if (atoms.connected[e] === 1) connected.add(other);
    }
  }
  for (const other of meters.keys()) if (!connected.has(other)) meters.delete(other);
  return meters;
}
