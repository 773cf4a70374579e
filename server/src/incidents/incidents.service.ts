import type {
  IncidentDetail,
  IncidentInput,
  IncidentList,
  IncidentSummary,
  IngestAnswer,
  ReliableEvent,
  Transition,
} from '@xunfang/geo-data/contract';
import { canTransition, INCIDENT_STATES, INCIDENT_TRANSITIONS } from '@xunfang/geo-data/incidents';
import { appendEvents, audit, type Db, problem } from '../platform/index.ts';
import type { SpeakingDoer } from './doer.ts';
import { categoriesWithDescendants } from './categories.repository.ts';
import { incidentChangesRepository, type NewIncident } from './incident-changes.repository.ts';
import { incidentView } from './incident-views.ts';
import { type IncidentRow, incidentsRepository } from './incidents.repository.ts';
import { prepareIncidents } from './prepare-incidents.ts';
import { itemsOfBody, readIngestItem } from './read-ingest-body.ts';
import { rejectionMessage } from './rejection-message.ts';
import { summaryInstants } from './summary-instants.ts';
import './messages.incidents.ts';

export interface IncidentsDeps {
  db: Db;
  now: () => Date;
}
export interface ListQuery {
  open: boolean;
  from: Date | null;
  to: Date | null;
  categories: readonly number[];
  beatId: number | null;
  limit: number;
  cursor: string | null;
}

/** Above this many at once the consoles are told to look again rather than sent each one. */
const MOST_ANNOUNCED = 200;
/** States that end an incident's being counted, so that figures change. */
const UNCOUNTED: ReadonlySet<string> = new Set(['merged', 'invalid']);

export function incidentsService({ db, now }: IncidentsDeps) {
  const repository = incidentsRepository(db);

  async function known(bureauId: number, id: number): Promise<IncidentRow> {
    return (await repository.byId(bureauId, id)) ?? problem(404, 'NOT_FOUND');
  }

  async function detail(bureauId: number, id: number): Promise<IncidentDetail> {
    const row = await known(bureauId, id);
    const events = await repository.events(bureauId, id);
    return {
      incident: incidentView(row),
      events:
        events.length > 0
          ? events.map(({ at, state, actor, note }) => ({
              at: at.toISOString(),
              state: INCIDENT_STATES[state],
              actor,
              note,
            }))
          : [eventOfRecord(row)],
    };
  }

  return {
    /** Looked for where the caller may be, and nowhere else. */
    ownerOf: async (id: number, bureauIds: readonly number[]) =>
      (await repository.ownerOf(id, bureauIds))?.bureau_id ?? problem(404, 'NOT_FOUND'),
    detail,

    async ingest(bureauId: number, body: unknown, doer: SpeakingDoer, limit: number): Promise<IngestAnswer> {
      const items = itemsOfBody(body) ?? problem(400, 'NOT_INCIDENTS', {}, { field: 'body' });
      if (items.length > limit) problem(413, 'TOO_MANY_INCIDENTS', { limit, count: items.length });
      const answers: IngestAnswer['items'] = [];
      const inputs: { index: number; input: IncidentInput }[] = [];
      const reject = (index: number, reason: Parameters<typeof rejectionMessage>[0], field: string) =>
        (answers[index] = {
          index,
          status: 'rejected',
          reason,
          field,
          message: rejectionMessage(reason, field, doer.language),
        });
      items.forEach((item, index) => {
        const read = readIngestItem(item);
        if (read.ok) inputs.push({ index, input: read.input });
        else reject(index, read.reason, read.field);
      });

      await db.transaction().execute(async (trx) => {
        const changes = incidentChangesRepository(trx);
        const { accepted, refused } = await prepareIncidents(trx, bureauId, inputs, now());
        for (const { index, reason, field } of refused) reject(index, reason, field);
        const byKey = new Map<string, number>();
        const first = new Map<string, number>();
        const keyOf = (sourceId: number, sourceKey: string) => `${sourceId} ${sourceKey}`;
        const fresh: NewIncident[] = [];
        for (const { index, incident } of accepted) {
          const key = keyOf(incident.sourceId, incident.sourceKey);
          if (first.has(key)) continue;
          first.set(key, index);
          fresh.push(incident);
        }
        const written = await changes.insert(bureauId, fresh);
        for (const { id, source_id, source_key } of written) byKey.set(keyOf(source_id, source_key), id);
        const incidentOf = new Map(written.map(({ id, source_id, source_key }) => [keyOf(source_id, source_key), id]));
        for (const sourceId of new Set(accepted.map(({ incident }) => incident.sourceId))) {
          const missing = accepted
            .filter(({ incident }) => incident.sourceId === sourceId && !byKey.has(keyOf(sourceId, incident.sourceKey)))
            .map(({ incident }) => incident.sourceKey);
          for (const { id, source_key } of await changes.idsByKey(bureauId, sourceId, missing))
            byKey.set(keyOf(sourceId, source_key), id);
        }
        for (const { index, incident } of accepted) {
          const key = keyOf(incident.sourceId, incident.sourceKey);
          const id = byKey.get(key);
          const isNew = incidentOf.has(key) && first.get(key) === index;
          answers[index] = { index, status: isNew ? 'created' : 'duplicate', ...(id === undefined ? {} : { id }) };
        }
        if (written.length === 0) return;
        await changes.addEvents(
          bureauId,
          fresh.flatMap((incident) => {
            const incidentId = incidentOf.get(keyOf(incident.sourceId, incident.sourceKey));
            if (incidentId === undefined) return [];
            const { actor } = doer;
            return [{ incidentId, at: incident.stateSince, state: incident.state, actor, note: null }];
          }),
        );
        const dataRevision = await changes.bumpRevision(bureauId);
        await audit(trx, {
          bureauId,
          actor: doer.actor,
          action: 'incidents.ingested',
          subject: written.length === 1 ? `incident:${written[0].id}` : `incidents:${written.length}`,
          detail: { created: written.length, items: items.length },
          address: doer.address,
        });
        const many = { event: 'incidents:imported', payload: { dataRevision, inserted: written.length } } as const;
        const rows =
          written.length > MOST_ANNOUNCED
            ? []
            : await incidentsRepository(trx).byIds(
                bureauId,
                written.map(({ id }) => id),
              );
        await appendEvents(trx, bureauId, rows.length === 0 ? [many] : rows.map((row) => changed(row, true)));
      });
      const count = (status: string) => answers.filter((answer) => answer.status === status).length;
      return {
        created: count('created'),
        duplicates: count('duplicate'),
        rejected: count('rejected'),
        items: answers,
      };
    },

    async list(bureauId: number, query: ListQuery): Promise<IncidentList> {
      const after = query.cursor === null ? null : readCursor(query.cursor);
      const categories = await categoriesWithDescendants(db, bureauId, query.categories);
      // Categories nobody knows have no incidents.
      const rows =
        query.categories.length > 0 && categories.length === 0
          ? []
          : await repository.list({ ...query, categories, bureauId, after, limit: query.limit + 1 }).execute();
      const page = rows.slice(0, query.limit);
      const last = page.at(-1);
      return {
        incidents: page.map((row) => incidentView(row)),
        nextCursor: rows.length > query.limit && last !== undefined ? `${last.order_micros}.${last.id}` : null,
        serverTime: now().toISOString(),
      };
    },

    async summary(bureauId: number, timeZone: string): Promise<IncidentSummary> {
      const instants = summaryInstants(now(), timeZone);
      const [open, counts] = await Promise.all([
        repository.openByPriority(bureauId).execute(),
        repository.counts(bureauId, instants).executeTakeFirstOrThrow(),
      ]);
      const openByPriority = [1, 2, 3, 4].map((priority) => open.find((row) => row.priority === priority)?.count ?? 0);
      return {
        open: openByPriority.reduce((sum, count) => sum + count, 0),
        openByPriority,
        today: counts.today,
        sameTimeYesterday: counts.yesterday,
        last7Days: counts.last7,
        previous7Days: counts.previous7,
        serverTime: instants.now.toISOString(),
      };
    },

    async transition(bureauId: number, id: number, change: Transition, doer: SpeakingDoer): Promise<IncidentDetail> {
      const { to, note } = change;
      const at = change.at === undefined ? now() : new Date(change.at);
      if (at > now()) problem(409, 'TRANSITION_IN_FUTURE', { at: at.toISOString() }, { field: 'at' });
      await db.transaction().execute(async (trx) => {
        const changes = incidentChangesRepository(trx);
        const held = (await changes.lock(bureauId, id)) ?? problem(404, 'NOT_FOUND');
        const from = INCIDENT_STATES[held.state];
        if (!canTransition(from, to)) {
          const legal = INCIDENT_TRANSITIONS[from].join(', ') || '—';
          problem(409, 'TRANSITION_ILLEGAL', { from, to, legal }, { field: 'to' });
        }
        if (at < held.state_since) {
          const since = held.state_since.toISOString();
          problem(409, 'TRANSITION_TOO_EARLY', { at: at.toISOString(), since }, { field: 'at' });
        }
        const events = await incidentsRepository(trx).events(bureauId, id);
        const event = {
          incidentId: id,
          at,
          state: INCIDENT_STATES.indexOf(to),
          actor: doer.actor,
          note: note ?? null,
        };
        // An imported incident gets its log when something first happens to it here.
        const before =
          events.length > 0
            ? []
            : [
                {
                  incidentId: id,
                  at: held.state_since,
                  state: held.state,
                  actor: recordedBy(held.import_id),
                  note: null,
                },
              ];
        await changes.addEvents(bureauId, [...before, event]);
        await changes.setState(bureauId, id, event.state, at);
        if (UNCOUNTED.has(to)) await changes.bumpRevision(bureauId);
        await audit(trx, {
          bureauId,
          actor: doer.actor,
          action: 'incident.transition',
          subject: `incident:${id}`,
          detail: { from, to },
          address: doer.address,
        });
        const row = (await incidentsRepository(trx).byId(bureauId, id)) ?? problem(404, 'NOT_FOUND');
        await appendEvents(trx, bureauId, [changed(row, false)]);
      });
      return detail(bureauId, id);
    },
  };
}

const changed = (row: IncidentRow, created: boolean): ReliableEvent => ({
  event: 'incident:changed',
  payload: { incident: incidentView(row), created },
});

const recordedBy = (importId: number | null) => (importId === null ? 'seed' : `import:${importId}`);

/**
 * Imported incidents carry no log of their own until they are worked on: a million of them would be a million rows that say
 * what the incident says. What they would hold is told from the incident.
 */
function eventOfRecord(row: IncidentRow): IncidentDetail['events'][number] {
  return {
    at: row.state_since.toISOString(),
    state: INCIDENT_STATES[row.state],
    actor: recordedBy(row.import_id),
    note: null,
  };
}

function readCursor(text: string): { micros: number; id: number } {
  const match = /^(-?\d{1,16})\.(\d{1,15})$/.exec(text);
  if (match === null) return problem(400, 'CURSOR_INVALID', {}, { field: 'cursor' });
  return { micros: Number(match[1]), id: Number(match[2]) };
}
