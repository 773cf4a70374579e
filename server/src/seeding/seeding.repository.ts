import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Category, Place } from '@xunfang/geo-data/contract';
import type { FeatureCollection, Polygon } from 'geojson';
import type { Db, Sql } from '../platform/index.ts';
import type { DatasetBureau } from './dataset.ts';
import type { IncidentRows } from './incident-rows.ts';

export interface ReferenceAreas {
  slug: string;
  name: { zh: string; en: string };
  attribution: string;
  features: FeatureCollection;
}

export function seedingRepository(db: Db) {
  return {
    bureauId: async (slug: string) =>
      (await db.selectFrom('bureau').select('id').where('slug', '=', slug).executeTakeFirst())?.id,

    async insertBureau(bureau: DatasetBureau, boundary: Polygon): Promise<number> {
      const { id } = await db
        .insertInto('bureau')
        .values({
          slug: bureau.id,
          code: bureau.code,
          name_zh: bureau.name.zh,
          name_en: bureau.name.en,
          time_zone: bureau.timeZone,
          centre_lon: bureau.centre[0],
          centre_lat: bureau.centre[1],
          west: bureau.bounds[0],
          south: bureau.bounds[1],
          east: bureau.bounds[2],
          north: bureau.bounds[3],
          boundary: { ...boundary },
          demonstration: bureau.demonstration,
          simulated: bureau.simulated,
          default_resolution: bureau.defaultResolution,
          atom_resolution: bureau.atomResolution,
          night_from_hour: bureau.nightFromHour,
          night_to_hour: bureau.nightToHour,
          attribution: bureau.attribution,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },

    insertCategories: (bureauId: number, categories: readonly Category[]) =>
      db
        .insertInto('incident_category')
        .values(
          categories.map(({ id, parentId, name, priority }) => ({
            bureau_id: bureauId,
            id,
            parent_id: parentId,
            name_zh: name.zh,
            name_en: name.en,
            priority,
          })),
        )
        .execute(),

    insertPlaces: (bureauId: number, places: readonly Place[]) =>
      db
        .insertInto('place')
        .values(
          places.map(({ kind, name, lon, lat, tier }) => ({
            bureau_id: bureauId,
            kind,
            name_zh: name.zh,
            name_en: name.en,
            lon,
            lat,
            tier,
          })),
        )
        .execute(),

    insertReferenceAreas: (bureauId: number, { slug, name, attribution, features }: ReferenceAreas) =>
      db
        .insertInto('reference_area_set')
        .values({
          bureau_id: bureauId,
          slug,
          name_zh: name.zh,
          name_en: name.en,
          attribution,
          feature_count: features.features.length,
          features: { type: 'FeatureCollection', features: features.features },
        })
        .execute(),

    /** First incident, null when there are none. */
    firstIncident: async (bureauId: number) =>
      (
        await db
          .selectFrom('incident')
          .select(({ fn }) => fn.min('occurred_at').as('first'))
          .where('bureau_id', '=', bureauId)
          .executeTakeFirstOrThrow()
      ).first,

    planExists: async (bureauId: number) =>
      (await db.selectFrom('plan').select('id').where('bureau_id', '=', bureauId).limit(1).executeTakeFirst()) !==
      undefined,

    beatsInForce: (planId: number) =>
      db
        .selectFrom('plan_beat')
        .select(['number', 'label_lon', 'label_lat'])
        .where('plan_id', '=', planId)
        .orderBy('number')
        .execute(),

    units: (bureauId: number) =>
      db
        .selectFrom('unit')
        .select(['id', 'call_sign', 'kind', 'force_layer', 'beat_number'])
        .where('bureau_id', '=', bureauId)
        .where('simulated', '=', true)
        .orderBy('id')
        .execute(),

    devices: (bureauId: number) =>
      db
        .selectFrom('device')
        .select(['id', 'identifier', 'unit_id'])
        .where('bureau_id', '=', bureauId)
        .where('revoked_at', 'is', null)
        .execute(),

    accountExists: async (username: string) =>
      (await db.selectFrom('account').select('id').where('username', '=', username).executeTakeFirst()) !== undefined,

    /** What of the seeding is done already: a name once written stays. */
    isDone: async (name: string) =>
      (await db.selectFrom('installation').select('key').where('key', '=', name).executeTakeFirst()) !== undefined,
    markDone: (name: string) =>
      db
        .insertInto('installation')
        .values({ key: name, value: {} })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .execute(),
  };
}

/** Writes incidents and their event logs, and the mark that it was done, all or nothing. */
export async function copyIncidents(
  sql: Sql,
  request: { bureauId: number; source: string; actor: string; mark: string; rows: IncidentRows },
): Promise<void> {
  const { bureauId, source, actor, mark, rows } = request;
  await sql.begin(async (trx) => {
    const [{ id: sourceId }] = await trx<{ id: number }[]>`
      INSERT INTO incident_source (bureau_id, name) VALUES (${bureauId}, ${source})
      ON CONFLICT (bureau_id, name) DO UPDATE SET name = excluded.name RETURNING id`;
    const incidents = await trx`
      COPY incident (bureau_id, source_id, source_key, occurred_at, received_at, lon, lat, cell, called_category,
        confirmed_category, priority, state, state_since, self_initiated, address) FROM STDIN`.writable();
    await write(incidents, rows.incidentLines(bureauId, sourceId));
    await trx`CREATE TEMPORARY TABLE seeded_event
      (source_key text, at timestamptz, state smallint) ON COMMIT DROP`;
    const events = await trx`COPY seeded_event FROM STDIN`.writable();
    await write(events, rows.eventLines());
    await trx`
      INSERT INTO incident_event (incident_id, bureau_id, at, state, actor)
      SELECT incident.id, ${bureauId}, seeded_event.at, seeded_event.state, ${actor}
      FROM seeded_event JOIN incident ON incident.bureau_id = ${bureauId} AND incident.source_id = ${sourceId} AND incident.source_key = seeded_event.source_key
      ORDER BY seeded_event.at, seeded_event.state`;
    await trx`UPDATE bureau SET data_revision = data_revision + 1 WHERE id = ${bureauId}`;
    await trx`INSERT INTO installation (key, value) VALUES (${mark}, '{}')`;
  });
}

async function write(copy: NodeJS.WritableStream, lines: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(chunksOf(lines)), copy);
}

function* chunksOf(lines: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
