import { databaseUrlOf } from '../incidents/index.ts';
import type { Sql, Workers } from '../platform/index.ts';
import type { LoadedIncidents } from './loaded-incidents.ts';

const LOAD_TASK = new URL('./load-incidents.task.ts', import.meta.url);
/** Bureaus whose incidents stay in memory: 31 bytes an incident. */
const MOST_BUREAUS = 8;

export interface IncidentStore {
  /** The incidents of a bureau, of this revision of its data or a newer one. */
  get(bureauId: number, revision: number): Promise<LoadedIncidents>;
}

const stores = new WeakMap<Sql, IncidentStore>();

/** The one store of a database: hotspots and replay read the same bytes. */
export function incidentStoreOf(sql: Sql, workers: Workers): IncidentStore {
  const known = stores.get(sql);
  if (known !== undefined) return known;
  const store = createIncidentStore(sql, workers);
  stores.set(sql, store);
  return store;
}

/** Every bureau's incidents are read once per revision, and once at a time. */
function createIncidentStore(sql: Sql, workers: Workers): IncidentStore {
  const held = new Map<number, LoadedIncidents>();
  const loading = new Map<number, Promise<LoadedIncidents>>();

  async function load(bureauId: number): Promise<LoadedIncidents> {
    const incidents = await workers.run<LoadedIncidents>(LOAD_TASK, { databaseUrl: databaseUrlOf(sql), bureauId });
    held.delete(bureauId);
    held.set(bureauId, incidents);
    const [oldest] = held.keys();
    if (held.size > MOST_BUREAUS && oldest !== undefined) held.delete(oldest);
    return incidents;
  }

  return {
    async get(bureauId, revision) {
      for (;;) {
        const incidents = held.get(bureauId);
        if (incidents !== undefined && incidents.revision >= revision) return incidents;
        let pending = loading.get(bureauId);
        if (pending === undefined) {
          pending = load(bureauId).finally(() => loading.delete(bureauId));
          loading.set(bureauId, pending);
        }
        // One that began before this revision was made may lack it: then it is read again.
        const loaded = await pending;
        if (loaded.revision >= revision) return loaded;
      }
    },
  };
}
