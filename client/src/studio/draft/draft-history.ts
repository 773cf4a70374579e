import { invertDraftEdit } from '@xunfang/geo-data/beats';
import type { DraftEdit, StoredDraftEdit } from '@xunfang/geo-data/contract';
import { fromWire, toWire } from './wire-edit.ts';

type Step = Pick<DraftEdit, 'id' | 'tool' | 'paint' | 'operations'> & { revision?: number };

/** An undo or redo to be made; `target`: the id of the edit it takes back. */
export interface NextStep {
  edit: DraftEdit;
  target: string;
}

export interface DraftHistory {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Own edits as they are made. */
  made(edit: DraftEdit, target: string | null): void;
  /** Null when there is nothing. */
  undo(): NextStep | null;
  redo(): NextStep | null;
  /** As it was stored: keys and what was there before may differ from what was sent. */
  confirm(edit: StoredDraftEdit): void;
  /** An edit of which nothing was left. */
  forget(id: string): void;
}

/**
 * Undo and redo of one account in one draft, without limit: the history lies with the draft on the server, so it survives a reload and
 * another desk. An undo is an edit itself; a redo is the undo of an undo.
 */
export function createDraftHistory(stored: readonly StoredDraftEdit[], account: string): DraftHistory {
  const steps = new Map<string, Step>();
  let undoable: string[] = [];
  let redoable: string[] = [];

  function made(edit: Step, target: string | null): void {
    steps.set(edit.id, edit);
    if (target !== null && undoable.includes(target) && edit.tool === 'undo') {
      undoable = undoable.filter((id) => id !== target);
      redoable.push(edit.id);
    } else if (target !== null && redoable.includes(target) && edit.tool === 'redo') {
      redoable = redoable.filter((id) => id !== target);
      undoable.push(edit.id);
    } else {
      undoable.push(edit.id);
      redoable = [];
    }
  }

  function take(id: string | undefined, tool: 'undo' | 'redo'): NextStep | null {
    const step = id === undefined ? undefined : steps.get(id);
    if (step === undefined) return null;
    const inverse = toWire(invertDraftEdit(fromWire(step)));
    return { edit: { id: crypto.randomUUID(), tool, undoOf: step.revision ?? null, ...inverse }, target: step.id };
  }

  const idOfRevision = new Map(stored.map((edit) => [edit.revision, edit.id]));
  for (const edit of stored) {
    if (edit.author !== account) continue;
    made(edit, edit.undoOf === null ? null : (idOfRevision.get(edit.undoOf) ?? null));
  }

  return {
    get canUndo() {
      return undoable.length > 0;
    },
    get canRedo() {
      return redoable.length > 0;
    },
    made,
    undo: () => take(undoable.at(-1), 'undo'),
    redo: () => take(redoable.at(-1), 'redo'),
    confirm(edit) {
      if (steps.has(edit.id)) steps.set(edit.id, edit);
    },
    forget(id) {
      undoable = undoable.filter((one) => one !== id);
      redoable = redoable.filter((one) => one !== id);
    },
  };
}
