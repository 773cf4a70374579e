import type { DraftEdit, DraftOperation } from './draft-plan.ts';

/** New keys by those that an edit uses; keys that are not in it stay. */
export interface KeyNames {
  beats: ReadonlyMap<number, number>;
  zones: ReadonlyMap<number, number>;
}

/**
 * The same edit with other keys: two editors who add a beat at once have both taken the next key, and the later one's is dealt anew.
 * O(atoms of the edit + operations).
 */
export function renameKeys(edit: DraftEdit, names: KeyNames): DraftEdit {
  if (names.beats.size === 0 && names.zones.size === 0) return edit;
  const beat = (key: number) => names.beats.get(key) ?? key;
  const zone = (key: number) => names.zones.get(key) ?? key;
  const inZone = <Attributes extends { zone?: number }>(attributes: Attributes): Attributes =>
    attributes.zone === undefined ? attributes : { ...attributes, zone: zone(attributes.zone) };
  const rename = (operation: DraftOperation): DraftOperation => {
    switch (operation.op) {
      case 'set-beat':
        return {
          ...operation,
          beat: beat(operation.beat),
          before: inZone(operation.before),
          after: inZone(operation.after),
        };
      case 'add-beat':
      case 'remove-beat':
        return { ...operation, beat: beat(operation.beat), as: inZone(operation.as) };
      case 'set-zone':
      case 'add-zone':
      case 'remove-zone':
        return { ...operation, zone: zone(operation.zone) };
      case 'lock-atoms':
        return operation;
    }
  };
  const paint = edit.paint && {
    atoms: edit.paint.atoms,
    before: edit.paint.before.map(beat),
    after: edit.paint.after.map(beat),
  };
  return { paint, operations: edit.operations.map(rename) };
}
