import type { Db } from '../platform/index.ts';

export interface NewIncident {
  sourceId: number;
  sourceKey: string;
  occurredAt: Date;
  receivedAt: Date;
  lon: number;
  lat: number;
  cell: bigint;
  beatId: number | null;
  category: number;
  priority: number;
  state: number;
  stateSince: Date;
  selfInitiated: boolean;
  address: string | null;
}

const ROWS_PER_INSERT = 2_000;

/** What writes incidents, their log and the revision that figures go by, in the caller's transaction. */
export function incidentChangesRepository(trx: Db) {
  return {
    /** Locks the incident until the transaction ends. */
    lock: (bureauId: number, id: number) =>
      trx
        .selectFrom('incident')
        .select(['state', 'state_since', 'received_at', 'import_id'])
        .where('bureau_id', '=', bureauId)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst(),

    setState: (bureauId: number, id: number, state: number, at: Date) =>
      trx
        .updateTable('incident')
        .set({ state, state_since: at })
        .where('bureau_id', '=', bureauId)
        .where('id', '=', id)
        .execute(),

    addEvents: async (
      bureauId: number,
      events: readonly { incidentId: number; at: Date; state: number; actor: string; note: string | null }[],
    ) => {
      for (let from = 0; from < events.length; from += ROWS_PER_INSERT)
        await trx
          .insertInto('incident_event')
          .values(
            events.slice(from, from + ROWS_PER_INSERT).map(({ incidentId, at, state, actor, note }) => ({
              incident_id: incidentId,
              bureau_id: bureauId,
              at,
              state,
              actor,
              note,
            })),
          )
          .execute();
    },

    /** Writes what is not there yet; returns the ids of those written, by source and key. */
    async insert(bureauId: number, incidents: readonly NewIncident[]) {
      const written: { id: number; source_id: number; source_key: string }[] = [];
      for (let from = 0; from < incidents.length; from += ROWS_PER_INSERT)
        written.push(
          ...(await trx
            .insertInto('incident')
            .values(
              incidents.slice(from, from + ROWS_PER_INSERT).map((incident) => ({
                bureau_id: bureauId,
                source_id: incident.sourceId,
                source_key: incident.sourceKey,
                occurred_at: incident.occurredAt,
                received_at: incident.receivedAt,
                lon: incident.lon,
                lat: incident.lat,
                cell: incident.cell,
                beat_id: incident.beatId,
                called_category: incident.category,
                priority: incident.priority,
                state: incident.state,
                state_since: incident.stateSince,
                self_initiated: incident.selfInitiated,
                address: incident.address,
              })),
            )
            .onConflict((conflict) => conflict.columns(['bureau_id', 'source_id', 'source_key']).doNothing())
            .returning(['id', 'source_id', 'source_key'])
            .execute()),
        );
      return written;
    },

    idsByKey: async (bureauId: number, sourceId: number, keys: readonly string[]) =>
      keys.length === 0
        ? []
        : trx
            .selectFrom('incident')
            .select(['id', 'source_key'])
            .where('bureau_id', '=', bureauId)
            .where('source_id', '=', sourceId)
            .where('source_key', 'in', keys)
            .execute(),

    /** What figures are computed from has changed. Returns the new revision. */
    async bumpRevision(bureauId: number): Promise<number> {
      const { data_revision } = await trx
        .updateTable('bureau')
        .set(({ eb }) => ({ data_revision: eb('data_revision', '+', 1) }))
        .where('id', '=', bureauId)
        .returning('data_revision')
        .executeTakeFirstOrThrow();
      return data_revision;
    },
  };
}
