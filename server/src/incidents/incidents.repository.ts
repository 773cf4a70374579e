import { INCIDENT_STATES } from '@xunfang/geo-data/incidents';
import { sql } from 'kysely';
import type { Db } from '../platform/index.ts';

export interface IncidentRow {
  id: number;
  bureau_id: number;
  source: string;
  source_key: string;
  occurred_at: Date;
  received_at: Date;
  lon: number;
  lat: number;
  category: number;
  priority: number;
  state: number;
  state_since: Date;
  self_initiated: boolean;
  address: string | null;
  import_id: number | null;
  beat_zh: string | null;
  beat_en: string | null;
  /** Microseconds of the column the list is ordered by: what a cursor holds. */
  order_micros: number;
}

export interface ListFilter {
  bureauId: number;
  open: boolean;
  from: Date | null;
  to: Date | null;
  categories: readonly number[];
  beatId: number | null;
  after: { micros: number; id: number } | null;
  limit: number;
}

export interface SummaryInstants {
  now: Date;
  todayFrom: Date;
  yesterdayFrom: Date;
  sameTimeYesterday: Date;
  sevenDaysAgo: Date;
  fourteenDaysAgo: Date;
}

/** Open incidents as the partial index `incident_open` words them: PostgreSQL uses it for this text only. */
const OPEN = sql<boolean>`(incident.state < 8 OR incident.state = 9)`;
/** 有效警情: what counts. */
const NOT_COUNTED = [INCIDENT_STATES.indexOf('merged'), INCIDENT_STATES.indexOf('invalid')];
const VALID = sql<boolean>`incident.state NOT IN (${sql.join(NOT_COUNTED.map((code) => sql.lit(code)))})`;
/**
 * Whose beat an incident is: while it is open, the beat of its cell in the plan that is in force now; afterwards, and where none is, the one
 * under the plan of its own time, which figures count by.
 */
const SERVING_BEAT = sql<number | null>`CASE WHEN ${OPEN} THEN coalesce(
  (SELECT b.id FROM plan_in_force f JOIN plan p ON p.id = f.plan_id
    JOIN plan_atom a ON a.plan_id = p.id AND a.cell = h3_parent(incident.cell, p.resolution)
    JOIN plan_beat b ON b.plan_id = a.plan_id AND b.number = a.beat_number
    WHERE f.bureau_id = incident.bureau_id), incident.beat_id) ELSE incident.beat_id END`;

/** Incidents as they are read. The methods take the pool or a transaction when they are made: `incidentsRepository(trx)`. */
export function incidentsRepository(db: Db) {
  const views = (orderColumn: 'received_at' | 'occurred_at') =>
    db
      .selectFrom('incident')
      .innerJoin('incident_source', 'incident_source.id', 'incident.source_id')
      .leftJoin('plan_beat', (join) => join.on('plan_beat.id', '=', SERVING_BEAT))
      .select([
        'incident.id',
        'incident.bureau_id',
        'incident_source.name as source',
        'incident.source_key',
        'incident.occurred_at',
        'incident.received_at',
        'incident.lon',
        'incident.lat',
        sql<number>`coalesce(incident.confirmed_category, incident.called_category)`.as('category'),
        'incident.priority',
        'incident.state',
        'incident.state_since',
        'incident.self_initiated',
        'incident.address',
        'incident.import_id',
        'plan_beat.name_zh as beat_zh',
        'plan_beat.name_en as beat_en',
        sql<number>`(extract(epoch FROM incident.${sql.ref(orderColumn)}) * 1000000)::bigint`.as('order_micros'),
      ]);

  /** Newest first. Open ones come in the order of their call, by the partial index; all in the order they happened. */
  function list(filter: ListFilter) {
    const order = filter.open ? 'received_at' : 'occurred_at';
    let query = views(order).where('incident.bureau_id', '=', filter.bureauId);
    if (filter.open) query = query.where(OPEN);
    if (filter.from !== null) query = query.where('incident.occurred_at', '>=', filter.from);
    if (filter.to !== null) query = query.where('incident.occurred_at', '<', filter.to);
    if (filter.categories.length > 0)
      query = query.where(
        sql`coalesce(incident.confirmed_category, incident.called_category)`,
        'in',
        filter.categories,
      );
    if (filter.beatId !== null) query = query.where(SERVING_BEAT, '=', filter.beatId);
    if (filter.after !== null) {
      const { micros, id } = filter.after;
      const at = sql`('epoch'::timestamptz + ${micros}::bigint * interval '1 microsecond')`;
      query = query.where(sql<boolean>`(incident.${sql.ref(order)}, incident.id) < (${at}, ${id}::bigint)`);
    }
    return query.orderBy(`incident.${order}`, 'desc').orderBy('incident.id', 'desc').limit(filter.limit);
  }

  function openByPriority(bureauId: number) {
    return db
      .selectFrom('incident')
      .select(['priority', sql<number>`count(*)::int`.as('count')])
      .where('bureau_id', '=', bureauId)
      .where(OPEN)
      .groupBy('priority');
  }

  function counts(bureauId: number, at: SummaryInstants) {
    const within = (from: Date, to: Date) =>
      sql<number>`(count(*) FILTER (WHERE incident.occurred_at >= ${from} AND incident.occurred_at < ${to}))::int`;
    const earliest = at.yesterdayFrom < at.fourteenDaysAgo ? at.yesterdayFrom : at.fourteenDaysAgo;
    return db
      .selectFrom('incident')
      .select([
        within(at.todayFrom, at.now).as('today'),
        within(at.yesterdayFrom, at.sameTimeYesterday).as('yesterday'),
        within(at.sevenDaysAgo, at.now).as('last7'),
        within(at.fourteenDaysAgo, at.sevenDaysAgo).as('previous7'),
      ])
      .where('bureau_id', '=', bureauId)
      .where('occurred_at', '>=', earliest)
      .where('occurred_at', '<', at.now)
      .where(VALID);
  }

  return {
    list,
    openByPriority,
    counts,

    /** The bureau of an incident, looked for in these only: on a cluster each of them may be another machine. */
    ownerOf: (id: number, bureauIds: readonly number[]) =>
      db
        .selectFrom('incident')
        .select('bureau_id')
        .where('bureau_id', 'in', bureauIds)
        .where('id', '=', id)
        .executeTakeFirst(),

    byId: (bureauId: number, id: number): Promise<IncidentRow | undefined> =>
      views('occurred_at').where('incident.bureau_id', '=', bureauId).where('incident.id', '=', id).executeTakeFirst(),

    byIds: async (bureauId: number, ids: readonly number[]): Promise<IncidentRow[]> =>
      ids.length === 0
        ? []
        : views('occurred_at')
            .where('incident.bureau_id', '=', bureauId)
            .where('incident.id', 'in', ids)
            .orderBy('incident.id')
            .execute(),

    events: (bureauId: number, incidentId: number) =>
      db
        .selectFrom('incident_event')
        .select(['at', 'state', 'actor', 'note'])
        .where('bureau_id', '=', bureauId)
        .where('incident_id', '=', incidentId)
        .orderBy('id')
        .execute(),
  };
}
