import type { IncidentInput, RejectionReason } from '@xunfang/geo-data/contract';
import { type CoordinateConverter, cellToBigInt, latLngToCellColumns } from '@xunfang/geo-data/geometry';
import { INCIDENT_CELL_RESOLUTION, INCIDENT_STATES } from '@xunfang/geo-data/incidents';
import { createBeatAssigner } from '../beats/index.ts';
import type { Db } from '../platform/index.ts';
import { createBureauArea } from './bureau-area.ts';
import { createCategoryDictionary, UNCATEGORISED_ID } from './category-dictionary.ts';
import { converterOf } from './converter-of.ts';
import type { NewIncident } from './incident-changes.repository.ts';
import { incidentIntakeRepository } from './incident-intake.repository.ts';
import { LATEST_SECONDS } from './local-clock.ts';
import { occursInTheFuture } from './occurs-in-the-future.ts';

export interface PreparedIncidents {
  accepted: { index: number; incident: NewIncident }[];
  refused: { index: number; reason: RejectionReason; field: string }[];
}

const DAY_MS = 86_400_000;
const NULL_ISLAND = 5e-6;

/** From what a source sent to rows: converted, placed in cell and beat, classified. Reads through the transaction that will write. */
export async function prepareIncidents(
  trx: Db,
  bureauId: number,
  inputs: readonly { index: number; input: IncidentInput }[],
  now: Date,
): Promise<PreparedIncidents> {
  const repository = incidentIntakeRepository(trx);
  const land = await repository.land(bureauId);
  const dictionary = createCategoryDictionary(await repository.categories(bureauId));
  const area = createBureauArea(land.boundary, land.marginMeters);
  const converters = new Map<string, CoordinateConverter | null>();
  const sources = new Map<string, number>();
  const refused: PreparedIncidents['refused'] = [];
  const placed: { index: number; input: IncidentInput; occurredAt: Date; lon: number; lat: number }[] = [];
  const point = new Float64Array(2);

  for (const { index, input } of inputs) {
    const system = input.coordinateSystem ?? 'WGS84';
    // Asked once per system: an EPSG number may be unknown to the register.
    if (!converters.has(system)) converters.set(system, await converterOf(system).catch(() => null));
    const convert = converters.get(system);
    const occurredAt = new Date(input.occurredAt);
    const seconds = occurredAt.getTime() / 1000;
    if (!convert) refused.push({ index, reason: 'unparsable_coordinates', field: 'coordinateSystem' });
    else if (Math.abs(input.lon) < NULL_ISLAND && Math.abs(input.lat) < NULL_ISLAND)
      refused.push({ index, reason: 'null_island', field: 'lon' });
    else if (!(seconds >= 0 && seconds <= LATEST_SECONDS))
      refused.push({ index, reason: 'unparsable_time', field: 'occurredAt' });
    else if (occursInTheFuture(seconds, now.getTime() / 1000))
      refused.push({ index, reason: 'in_the_future', field: 'occurredAt' });
    else {
      convert(input.lon, input.lat, point, 0);
      const [lon, lat] = point;
      if (!Number.isFinite(lon) || !Number.isFinite(lat) || Math.abs(lon) > 180 || Math.abs(lat) > 90)
        refused.push({ index, reason: 'unparsable_coordinates', field: 'lon' });
      else if (!area.holds(lon, lat)) refused.push({ index, reason: 'outside_bureau', field: 'lon' });
      else placed.push({ index, input, occurredAt, lon, lat });
    }
  }

  const cells = latLngToCellColumns(
    Float64Array.from(placed, ({ lat }) => lat),
    Float64Array.from(placed, ({ lon }) => lon),
    INCIDENT_CELL_RESOLUTION,
  );
  const times = Float64Array.from(placed, ({ occurredAt }) => occurredAt.getTime() / 1000);
  const beats = await createBeatAssigner(trx, bureauId, times);
  const beatIds = beats.beatIds(cells.hi, cells.lo, times, new Int32Array(placed.length));
  let uncategorised = false;
  const accepted: PreparedIncidents['accepted'] = [];
  for (const [i, { index, input, occurredAt, lon, lat }] of placed.entries()) {
    if (!sources.has(input.source)) sources.set(input.source, await repository.sourceId(bureauId, input.source));
    const category = dictionary.idOf(input.category ?? '');
    uncategorised ||= category === UNCATEGORISED_ID;
    const isOld = now.getTime() - occurredAt.getTime() > DAY_MS;
    const receivedAt = input.receivedAt === undefined ? occurredAt : new Date(input.receivedAt);
    accepted.push({
      index,
      incident: {
        sourceId: sources.get(input.source) ?? 0,
        sourceKey: input.sourceId,
        occurredAt,
        receivedAt,
        lon,
        lat,
        cell: cellToBigInt(cells.hi[i], cells.lo[i]),
        beatId: beatIds[i] > 0 ? beatIds[i] : null,
        category,
        priority: input.priority ?? dictionary.priorityOf(category),
        state: INCIDENT_STATES.indexOf(input.state ?? (isOld ? 'closed' : 'received')),
        stateSince: receivedAt,
        selfInitiated: input.origin === 'self_initiated',
        address: input.address ?? null,
      },
    });
  }
  if (uncategorised) await repository.ensureUncategorised(bureauId);
  return { accepted, refused };
}
