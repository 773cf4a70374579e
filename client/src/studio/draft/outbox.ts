import type { PendingEdit } from './draft-replica.ts';

/** Edits that the server has not confirmed yet, kept in this browser: neither a reload nor a crash loses them. */
export interface Outbox {
  /** In the order they were made. */
  read(): Promise<PendingEdit[]>;
  put(pending: PendingEdit): void;
  remove(ids: readonly string[]): void;
  /** False: this browser keeps nothing (a private window), so an edit lives only until the page is left. */
  readonly keeps: boolean;
}

const DATABASE = 'xunfang.studio';
const STORE = 'edits';
const BY_DRAFT = 'draft';

interface Row {
  /** Ascending in the order made. */
  number?: number;
  draft: string;
  id: string;
  pending: PendingEdit;
}

/** Of one account and one draft: somebody else at this desk neither sees nor sends them. */
export async function openOutbox(account: string, draftId: number): Promise<Outbox> {
  const draft = `${account}/${draftId}`;
  const database = await openDatabase().catch((error: unknown) => {
    console.warn('Edits cannot be kept in this browser.', error);
    return null;
  });
  if (database === null) return { read: async () => [], put: () => {}, remove: () => {}, keeps: false };
  // One after another: a removal must not overtake the edit it removes.
  let last: Promise<unknown> = Promise.resolve();
  const then = <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    const next = last.then(work);
    last = next.catch((error: unknown) => console.warn('The outbox failed.', error));
    return next;
  };
  const rowsOfDraft = (mode: IDBTransactionMode) => {
    const store = database.transaction(STORE, mode).objectStore(STORE);
    return { store, rows: settled(store.index(BY_DRAFT).getAll(draft) as IDBRequest<Row[]>) };
  };
  return {
    keeps: true,
    read: () => then(async () => (await rowsOfDraft('readonly').rows).map((row) => row.pending)),
    put: (pending) => {
      const row: Row = { draft, id: pending.edit.id, pending };
      void then(() => settled(database.transaction(STORE, 'readwrite').objectStore(STORE).add(row)));
    },
    remove: (ids) => {
      if (ids.length === 0) return;
      void then(async () => {
        const { store, rows } = rowsOfDraft('readwrite');
        for (const row of await rows) if (ids.includes(row.id) && row.number !== undefined) store.delete(row.number);
      });
    },
  };
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    const store = request.result.createObjectStore(STORE, { keyPath: 'number', autoIncrement: true });
    store.createIndex(BY_DRAFT, 'draft');
  };
  return settled(request);
}

function settled<Answer>(request: IDBRequest<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed.'));
  });
}
