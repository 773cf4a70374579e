import { atomsAlong, brushAtoms, isBeatLocked } from '@xunfang/geo-data/beats';
import { translate } from '../../i18n/index.ts';
import type { GesturePoint, GestureMode } from '../../map/index.ts';
import { toast } from '../../ui/index.ts';
import { toolMessages } from '../messages-tools.ts';
import type { StudioSession } from '../studio-session.ts';
import { useStudio } from '../studio-store.ts';

/** A tool turns what the hand does into an edit of the draft. */
export type Tool = (session: StudioSession) => GestureMode;

export type Place = readonly [lon: number, lat: number];
export const placeOf = ({ lon, lat }: GesturePoint): Place => [lon, lat];

/** The atoms on the straight way from one place to the next. */
export function atomsBetween(session: StudioSession, from: Place, to: Place): Uint32Array {
  return atomsAlong({ atoms: session.ground.atoms, lookup: session.lookup, from, to });
}

/** What the brush, in the size chosen, covers around these atoms. */
export function brushed(session: StudioSession, centres: Iterable<number>): Set<number> {
  const { rings } = useStudio.getState();
  const all = new Set<number>();
  for (const centre of centres) for (const atom of brushAtoms(session.ground.atoms, centre, rings)) all.add(atom);
  return all;
}

/**
 * The beat that a stroke beginning here paints: the chosen one, else that under the pointer. With Alt the beat is taken and nothing is
 * painted. Null: no stroke begins, and why was said.
 */
export function beginStroke(session: StudioSession, at: GesturePoint): number | null {
  const under = session.beatAt(at.lon, at.lat);
  if (at.alt) {
    if (under !== null) useStudio.setState({ beat: under });
    return null;
  }
  const beat = useStudio.getState().beat ?? under;
  if (beat === null) return null;
  if (isBeatLocked(session.view, beat)) {
    toast(translate(toolMessages)('beatLocked'), { tone: 'warn' });
    return null;
  }
  return beat;
}

/** Says how much of a stroke the locks kept. */
export function sayHeld(held: number): void {
  if (held > 0) toast(translate(toolMessages)('atomsHeld', { count: held }), { tone: 'warn' });
}
