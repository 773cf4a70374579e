import { applyDraftEdit, type DraftPlan } from '@xunfang/geo-data/beats';
import type { DraftEdit, StoredDraftEdit } from '@xunfang/geo-data/contract';
import { noNewKeys, rebaseEdit } from './rebase-edit.ts';
import { fromWire } from './wire-edit.ts';

/** An edit that the server has not confirmed. */
export interface PendingEdit {
  edit: DraftEdit;
  /** The id of the edit it takes back, as long as that one has no revision either. */
  undoOfId: string | null;
}

/** A gap in the revisions, or an edit that does not fit: what is here is not what the server has. */
export class ReplicaGapError extends Error {
  override readonly name = 'ReplicaGapError';
}

export interface DraftReplica {
  /** What the server has confirmed. */
  readonly revision: number;
  readonly confirmed: DraftPlan;
  /** What is shown: the confirmed state with the pending edits on top. */
  readonly view: DraftPlan;
  readonly pending: readonly PendingEdit[];
  /** Puts an edit made on `view` on top; answers it as it took effect, null when nothing is left of it. */
  add(pending: PendingEdit): DraftEdit | null;
  /** Stored edits in order, those already known are skipped; none of them is pending afterwards. Throws a `ReplicaGapError` when one is missing. */
  receive(edits: readonly StoredDraftEdit[]): void;
  /** Nothing was left of these on the server; what would take them back goes with them. */
  discard(ids: readonly string[]): void;
}

/**
 * One console's copy of a draft. Edits take effect here at once and are confirmed later, in the order that the server gives them: when
 * edits of others come first, the pending ones are laid anew on top of those. No React, no network: `draft-sync.ts` connects it.
 */
export function createDraftReplica(start: DraftPlan, startRevision: number): DraftReplica {
  let confirmed = start;
  let view = start;
  let revision = startRevision;
  let pending: PendingEdit[] = [];

  /** The pending edits anew on what is confirmed; of some nothing may be left. */
  function lay(): void {
    const keys = noNewKeys();
    view = confirmed;
    pending = pending.flatMap((one) => {
      const edit = rebaseEdit(view, one.edit, keys);
      if (edit === null) return [];
      view = applyDraftEdit(view, fromWire(edit));
      return [{ ...one, edit }];
    });
  }

  return {
    get revision() {
      return revision;
    },
    get confirmed() {
      return confirmed;
    },
    get view() {
      return view;
    },
    get pending() {
      return pending;
    },
    add(next) {
      const effect = rebaseEdit(view, next.edit, noNewKeys());
      if (effect === null) return null;
      pending = [...pending, { ...next, edit: effect }];
      view = applyDraftEdit(view, fromWire(effect));
      return effect;
    },
    receive(edits) {
      const fresh = edits.filter((edit) => edit.revision > revision);
      const stored = new Map(edits.map((edit) => [edit.id, edit]));
      // One that waits here may have been stored before this copy was made.
      if (fresh.length === 0 && !pending.some(({ edit }) => stored.has(edit.id))) return;
      for (const edit of fresh) {
        if (edit.revision !== revision + 1)
          throw new ReplicaGapError(`Edit ${edit.revision} came after ${revision}, expected ${revision + 1}.`);
        try {
          confirmed = applyDraftEdit(confirmed, fromWire(edit));
        } catch (error) {
          throw new ReplicaGapError(`Edit ${edit.revision} does not fit.`, { cause: error });
        }
        revision = edit.revision;
      }
      pending = pending.filter(({ edit }) => !stored.has(edit.id)).map((one) => resolve(one, stored));
      lay();
    },
    discard(ids) {
      const gone = new Set(ids);
      pending = pending.filter(({ edit, undoOfId }) => {
        if (undoOfId !== null && gone.has(undoOfId)) gone.add(edit.id);
        return !gone.has(edit.id);
      });
      lay();
    },
  };
}

/** Once the edit has a revision, its undo can name it. */
function resolve(one: PendingEdit, stored: ReadonlyMap<string, StoredDraftEdit>): PendingEdit {
  const target = one.undoOfId === null ? undefined : stored.get(one.undoOfId);
  return target === undefined ? one : { ...one, undoOfId: null, edit: { ...one.edit, undoOf: target.revision } };
}
