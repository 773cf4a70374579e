import type {
  Geofence,
  GeofenceChange,
  GeofenceEventList,
  GeofenceEventQuery,
  GeofenceInput,
  ReliableEvent,
} from '@xunfang/geo-data/contract';
import { findFenceFault } from '@xunfang/geo-data/geofences';
import { polygonAreaSquareMeters } from '@xunfang/geo-data/geometry';
import { endAlarmsOfFence } from '../alarms/index.ts';
import { appendEvents, audit, type Db, type Doer, problem } from '../platform/index.ts';
import { fenceIsActive, localDayAndMinute } from './fence-hours.ts';
import { geofenceEventView, geofenceView } from './geofence-views.ts';
import { type FenceFields, type FenceRow, geofencesRepository } from './geofences.repository.ts';

const MOST_FENCES = 500;
const MOST_POINTS = 1000;
const LEAST_SQUARE_METERS = 100;
const DEFAULT_MARGIN_METERS = 20;
const DEFAULT_CONFIRM_SECONDS = 5;
const DEFAULT_EVENTS = 50;

export function geofencesService({ db, now }: { db: Db; now: () => Date }) {
  const repository = geofencesRepository(db);

  /** What is stored of an input that can be a fence of the bureau. */
  async function checked(bureauId: number, input: GeofenceInput): Promise<FenceFields> {
    const { area, unitIds = [] } = input;
    await checkArea(bureauId, area);
    if (unitIds.length > 0) {
      const known = new Set((await repository.unitsOf(bureauId)).map(({ id }) => id));
      const unknown = unitIds.find((id) => !known.has(id));
      if (unknown !== undefined) problem(422, 'FENCE_UNIT_UNKNOWN', { id: unknown }, { field: 'unitIds' });
    }
    const zh = input.name.zh.trim();
    if (zh === '') problem(422, 'FENCE_NAMELESS', {}, { field: 'name' });
    return {
      name: { zh, en: input.name.en.trim() || zh },
      kind: input.kind,
      area,
      unitKinds: input.unitKinds ?? [],
      unitIds,
      windows: input.windows ?? [],
      marginMeters: input.marginMeters ?? DEFAULT_MARGIN_METERS,
      confirmSeconds: input.confirmSeconds ?? DEFAULT_CONFIRM_SECONDS,
    };
  }

  async function checkArea(bureauId: number, area: GeofenceInput['area']): Promise<void> {
    const rings = area.type === 'Polygon' ? area.coordinates : area.coordinates.flat();
    const points = rings.reduce((sum, ring) => sum + ring.length - 1, 0);
    const at = { field: 'area' };
    if (points > MOST_POINTS) problem(422, 'FENCE_TOO_MANY_POINTS', { points, most: MOST_POINTS }, at);
    const fault = findFenceFault(area);
    if (fault !== undefined) {
      const [lon, lat] = fault.at ?? [Number.NaN, Number.NaN];
      const place = fault.at === null ? '' : `${lon.toFixed(6)}, ${lat.toFixed(6)}`;
      const code = `FENCE_${fault.code.toUpperCase()}`;
      problem(422, code, { ring: fault.ring + 1, place, ...(fault.at === null ? {} : { lon, lat }) }, at);
    }
    const squareMeters = polygonAreaSquareMeters(area);
    if (squareMeters < LEAST_SQUARE_METERS)
      problem(422, 'FENCE_TOO_SMALL', { squareMeters: Math.round(squareMeters), least: LEAST_SQUARE_METERS }, at);
    const { west, south, east, north } = await repository.bureau(bureauId);
    const lons = rings.flatMap((ring) => ring.map(([lon]) => lon));
    const lats = rings.flatMap((ring) => ring.map(([, lat]) => lat));
    const isApart =
      Math.max(...lons) < west || Math.min(...lons) > east || Math.max(...lats) < south || Math.min(...lats) > north;
    if (isApart) problem(422, 'FENCE_OUTSIDE_BUREAU', {}, at);
  }

  async function viewOf(row: FenceRow): Promise<Geofence> {
    const { timeZone } = await repository.bureau(row.bureau_id);
    const active = fenceIsActive(row.windows, localDayAndMinute(timeZone, now()));
    return geofenceView(row, active, await repository.presence(row.bureau_id));
  }

  const changed = ({ id, revision }: Pick<FenceRow, 'id' | 'revision'>): ReliableEvent => ({
    event: 'geofence:changed',
    payload: { id, revision },
  });

  function refuseStale(held: FenceRow, revision: number): void {
    if (held.revision === revision) return;
    const { revision: current, changed_by: by } = held;
    problem(409, 'FENCE_CHANGED', { by, current, revision }, { field: 'revision' });
  }

  return {
    async list(bureauId: number): Promise<Geofence[]> {
      const [rows, presence, { timeZone }] = await Promise.all([
        repository.list(bureauId),
        repository.presence(bureauId),
        repository.bureau(bureauId),
      ]);
      const local = localDayAndMinute(timeZone, now());
      return rows.map((row) => geofenceView(row, fenceIsActive(row.windows, local), presence));
    },

    async create(bureauId: number, input: GeofenceInput, doer: Doer): Promise<Geofence> {
      const fields = await checked(bureauId, input);
      const row = await db.transaction().execute(async (trx) => {
        const fences = geofencesRepository(trx);
        const { length } = await fences.list(bureauId);
        if (length >= MOST_FENCES) problem(422, 'FENCE_TOO_MANY', { most: MOST_FENCES });
        const made = await fences.insert(bureauId, fields, doer.actor, now());
        const detail = { name: fields.name.zh, kind: fields.kind };
        await audit(trx, { bureauId, ...doer, action: 'geofence.created', subject: `geofence:${made.id}`, detail });
        await appendEvents(trx, bureauId, [changed(made)]);
        return made;
      });
      return viewOf(row);
    },

    async change(bureauId: number, id: number, input: GeofenceChange, doer: Doer): Promise<Geofence> {
      const fields = await checked(bureauId, input);
      const row = await db.transaction().execute(async (trx) => {
        const fences = geofencesRepository(trx);
        const held = (await fences.lock(bureauId, id)) ?? problem(404, 'NOT_FOUND');
        refuseStale(held, input.revision);
        const made = await fences.update(bureauId, id, fields, doer.actor, now());
        // What it was before stands in the audit: an event of then is read with the fence of then.
        const before = { name: held.name_zh, kind: held.kind, area: held.area, windows: held.windows };
        const detail = { name: fields.name.zh, kind: fields.kind, revision: made.revision, before };
        await audit(trx, { bureauId, ...doer, action: 'geofence.changed', subject: `geofence:${id}`, detail });
        // What another kind of fence has raised, no crossing of this one ends.
        const ended = held.kind === made.kind ? [] : await endAlarmsOfFence(trx, bureauId, id, now());
        await appendEvents(trx, bureauId, [...ended, changed(made)]);
        return made;
      });
      return viewOf(row);
    },

    async remove(bureauId: number, id: number, doer: Doer): Promise<void> {
      await db.transaction().execute(async (trx) => {
        const fences = geofencesRepository(trx);
        const held = (await fences.lock(bureauId, id)) ?? problem(404, 'NOT_FOUND');
        await fences.remove(bureauId, id, doer.actor, now());
        const detail = { name: held.name_zh, kind: held.kind };
        await audit(trx, { bureauId, ...doer, action: 'geofence.removed', subject: `geofence:${id}`, detail });
        const ended = await endAlarmsOfFence(trx, bureauId, id, now());
        await appendEvents(trx, bureauId, [...ended, changed({ id, revision: held.revision + 1 })]);
      });
    },

    async events(bureauId: number, query: GeofenceEventQuery): Promise<GeofenceEventList> {
      const limit = query.limit ?? DEFAULT_EVENTS;
      const rows = await repository.events(bureauId, query, limit + 1);
      const page = rows.slice(0, limit);
      return {
        events: page.map(geofenceEventView),
        nextBefore: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
      };
    },
  };
}
