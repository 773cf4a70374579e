import type { BeatAttributes, DraftOperation, ZoneAttributes } from '@xunfang/geo-data/beats';
import { freeNumber, newBeat } from '../tools/new-beat.ts';
import type { StudioSession } from '../studio-session.ts';
import { useStudio } from '../studio-store.ts';

/** Changes attributes of a beat: name, number, colour, zone, lock. One step of the history. */
export function setBeat(session: StudioSession, beat: number, after: Partial<BeatAttributes>): boolean {
  return session.edit(toolOf(after), {
    paint: null,
    operations: [{ op: 'set-beat', beat, before: sameNames(session.view.beats[beat], after), after }],
  });
}

export function setZone(session: StudioSession, zone: number, after: Partial<ZoneAttributes>): boolean {
  return session.edit(toolOf(after), {
    paint: null,
    operations: [{ op: 'set-zone', zone, before: sameNames(session.view.zones[zone], after), after }],
  });
}

/** A beat without cells in a zone, chosen at once so that it can be painted. */
export function addBeat(session: StudioSession, zone: number): void {
  const beat = session.view.beats.length;
  const as = newBeat(session.view, zone, beat);
  if (session.edit('attributes', { paint: null, operations: [{ op: 'add-beat', beat, as }] }))
    useStudio.setState({ beat });
}

export function addZone(session: StudioSession): void {
  const { zones } = session.view;
  const number = freeNumber(zones);
  const name = { zh: `第${String(number).padStart(2, '0')}防区`, en: `Zone ${number}` };
  const as = { number, name, colour: number, locked: false };
  session.edit('attributes', { paint: null, operations: [{ op: 'add-zone', zone: zones.length, as }] });
}

/** An area that holds nothing. */
export function removeArea(session: StudioSession, level: 'beat' | 'zone', key: number): void {
  const { beats, zones } = session.view;
  let operation: DraftOperation;
  if (level === 'beat') {
    const { removed: _removed, ...as } = beats[key];
    operation = { op: 'remove-beat', beat: key, as };
  } else {
    const { removed: _removed, ...as } = zones[key];
    operation = { op: 'remove-zone', zone: key, as };
  }
  if (session.edit('attributes', { paint: null, operations: [operation] }) && level === 'beat')
    useStudio.setState({ beat: null });
}

const toolOf = (after: Partial<BeatAttributes>) => ('locked' in after ? 'lock' : 'attributes');

function sameNames<Attributes extends object>(area: Attributes, after: Partial<Attributes>): Partial<Attributes> {
  const names = Object.keys(after) as (keyof Attributes)[];
  return Object.fromEntries(names.map((name) => [name, area[name]])) as Partial<Attributes>;
}
