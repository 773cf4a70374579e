import {
  DRAFT_LIMITS,
  type DraftEdit,
  type DraftEditAnswer,
  type DraftEditOutcome,
  type DraftHistory as HistoryPage,
  type Overridden,
  type StoredDraftEdit,
} from '@xunfang/geo-data/contract';
import { ApiError, api, onReconnect, onServerEvent } from '../../connection/index.ts';
import type { DraftHistory } from './draft-history.ts';
import { type DraftReplica, type PendingEdit, ReplicaGapError } from './draft-replica.ts';
import type { Outbox } from './outbox.ts';

export type SaveState =
  | { kind: 'saved'; atMs: number | null }
  | { kind: 'saving' }
  /** Not reached: what was changed is kept (`kept`: also over a reload) and sent as soon as it can be. */
  | { kind: 'offline'; changes: number; kept: boolean }
  /** The draft is not to be edited any more: submitted, withdrawn. */
  | { kind: 'refused'; error: ApiError };

export interface SyncDeps {
  draftId: number;
  /** Of the account: its own edits are no news to it. */
  account: string;
  replica: DraftReplica;
  history: DraftHistory;
  outbox: Outbox;
  onState: (state: SaveState) => void;
  /** The plan shown has changed by what came from the server. */
  onChanged: () => void;
  /** What the server made of one's own edit, when it won over somebody or was cut. */
  onOutcome: (outcome: DraftEditOutcome) => void;
  /** Edits new to this copy, in order. */
  onStored: (edits: readonly StoredDraftEdit[]) => void;
  /** Somebody's edit won over one's own. */
  onOverridden: (edit: StoredDraftEdit, lost: Overridden) => void;
  /** This copy cannot be mended: open the draft anew. */
  onLost: () => void;
}

export interface DraftSync {
  /** `target`: the edit that an undo or a redo takes back. False: nothing changes by it. `kept`: the outbox has it. */
  add(edit: DraftEdit, target: string | null, options?: { kept: boolean }): boolean;
  /** Resolves when nothing waits to be sent, or nothing can be sent at present. */
  flush(): Promise<void>;
  /** Asks for what others did while nobody listened. */
  catchUp(): Promise<void>;
  stop(): void;
}

const RETRY_MS = 2000;
const PAGE = 500;

/** Sends pending edits in batches, applies what others did, and says how things stand. */
export function startDraftSync(deps: SyncDeps): DraftSync {
  const { draftId, account, replica, history, outbox } = deps;
  let sending: Promise<void> | null = null;
  let retry: number | undefined;
  let stopped = false;
  let savedAtMs: number | null = null;

  const stops = [
    onServerEvent('draft:edits', (message) => {
      if (message.draft === draftId) void receive(message.edits);
    }),
    // First what was made here, on what was known then: only so can the server tell who won over whom.
    onReconnect(() => void flush().then(catchUp)),
  ];

  async function receive(edits: readonly StoredDraftEdit[]): Promise<void> {
    try {
      const { revision, view } = replica;
      replica.receive(edits);
      for (const edit of edits) history.confirm(edit);
      deps.onStored(edits.filter((edit) => edit.revision > revision));
      outbox.remove(edits.map((edit) => edit.id));
      for (const edit of edits)
        for (const lost of edit.overridden)
          if (lost.author === account && edit.author !== account && edit.revision > revision)
            deps.onOverridden(edit, lost);
      if (!stopped && replica.view !== view) deps.onChanged();
    } catch (error) {
      if (!(error instanceof ReplicaGapError)) throw error;
      if (error.cause === undefined) await catchUp();
      else deps.onLost();
    }
  }

  /** What was stored while nobody listened, page by page. */
  async function catchUp(): Promise<void> {
    try {
      for (;;) {
        const page = await api.get<HistoryPage>(`/api/drafts/${draftId}/edits`, {
          query: { after: replica.revision, limit: PAGE },
        });
        if (stopped || page.edits.length === 0) return;
        await receive(page.edits);
        if (replica.revision >= page.revision) return;
      }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  /** Up to the first undo that waits for the revision of what it takes back. */
  function sendable(): PendingEdit[] {
    const batch: PendingEdit[] = [];
    let atoms = 0;
    for (const pending of replica.pending) {
      atoms += pending.edit.paint?.atoms.length ?? 0;
      const full =
        batch.length === DRAFT_LIMITS.editsPerBatch || (batch.length > 0 && atoms > DRAFT_LIMITS.atomsPerEdit);
      if (pending.undoOfId !== null || full) break;
      batch.push(pending);
    }
    return batch;
  }

  function flush(): Promise<void> {
    sending ??= send().finally(() => {
      sending = null;
    });
    return sending;
  }

  async function send(): Promise<void> {
    window.clearTimeout(retry);
    for (;;) {
      const batch = sendable();
      if (batch.length === 0) break;
      deps.onState({ kind: 'saving' });
      let answer: DraftEditAnswer;
      try {
        answer = await api.post<DraftEditAnswer>(`/api/drafts/${draftId}/edits`, {
          madeOn: replica.revision,
          edits: batch.map(({ edit }) => edit),
        });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (!stopped) postpone(error);
        return;
      }
      savedAtMs = Date.now();
      if (stopped) return;
      await settle(answer);
      // Settling may find that this copy is lost.
      if (stopped) return;
    }
    if (!stopped) deps.onState({ kind: 'saved', atMs: savedAtMs });
  }

  async function settle({ since, outcomes }: DraftEditAnswer): Promise<void> {
    const repeated = outcomes.flatMap(({ stored }) =>
      stored !== null && stored.revision <= replica.revision ? [stored] : [],
    );
    await receive([...repeated, ...since]);
    const empty = outcomes.filter(({ outcome }) => outcome === 'empty').map(({ id }) => id);
    if (empty.length > 0) {
      replica.discard(empty);
      for (const id of empty) history.forget(id);
      deps.onChanged();
    }
    outbox.remove(outcomes.map(({ id }) => id));
    for (const outcome of outcomes)
      if ((outcome.stored?.overridden.length ?? 0) > 0 || outcome.refused.length > 0) deps.onOutcome(outcome);
  }

  function postpone(error: ApiError): void {
    if (error.unreachable || error.status >= 500) {
      deps.onState({ kind: 'offline', changes: replica.pending.length, kept: outbox.keeps });
      retry = window.setTimeout(() => void flush(), RETRY_MS);
    } else deps.onState({ kind: 'refused', error });
  }

  deps.onState({ kind: 'saved', atMs: null });

  return {
    add(edit, target, { kept } = { kept: false }) {
      const pending: PendingEdit = { edit, undoOfId: edit.undoOf === null ? target : null };
      const effect = replica.add(pending);
      if (effect === null) {
        if (kept) outbox.remove([edit.id]);
        return false;
      }
      history.made(effect, target);
      if (!kept) outbox.put({ ...pending, edit: effect });
      void flush();
      return true;
    },
    flush,
    catchUp,
    stop() {
      stopped = true;
      window.clearTimeout(retry);
      for (const stop of stops) stop();
    },
  };
}
