import type { DraftEdit, DraftOperation } from './draft-plan.ts';
import { invertEdit } from './invert-edit.ts';

/** The edit that takes this one back: applied after it, the draft is as before but for the empty place of what it had added. */
export function invertDraftEdit({ paint, operations }: DraftEdit): DraftEdit {
  return {
    paint: paint === null ? null : invertEdit(paint),
    operations: operations.map(invertOperation).reverse(),
  };
}

function invertOperation(operation: DraftOperation): DraftOperation {
  switch (operation.op) {
    case 'set-beat':
      return { ...operation, before: operation.after, after: operation.before };
    case 'set-zone':
      return { ...operation, before: operation.after, after: operation.before };
    case 'add-beat':
      return { ...operation, op: 'remove-beat' };
    case 'remove-beat':
      return { ...operation, op: 'add-beat' };
    case 'add-zone':
      return { ...operation, op: 'remove-zone' };
    case 'remove-zone':
      return { ...operation, op: 'add-zone' };
    case 'lock-atoms':
      return { ...operation, locked: !operation.locked };
  }
}
