import { type IncidentInput, IncidentInputSchema, type RejectionReason } from '@xunfang/geo-data/contract';
import { Compile } from 'typebox/compile';

export type IngestItem = { ok: true; input: IncidentInput } | { ok: false; reason: RejectionReason; field: string };

const schema = Compile(IncidentInputSchema);

/** The items of a body: one incident, an array, a GeoJSON Feature or a FeatureCollection. null: none of these. */
export function itemsOfBody(body: unknown): unknown[] | null {
  if (Array.isArray(body)) return body.map(fromGeoJson);
  if (!isObject(body)) return null;
  if (body.type === 'FeatureCollection') return Array.isArray(body.features) ? body.features.map(fromGeoJson) : null;
  return [fromGeoJson(body)];
}

/** Checks one item by itself, so that a bad one never costs its neighbours. */
export function readIngestItem(item: unknown): IngestItem {
  if (schema.Check(item)) return { ok: true, input: item };
  const [finding] = schema.Errors(item);
  const required = (finding?.params as { requiredProperties?: string[] } | undefined)?.requiredProperties;
  if (finding?.keyword === 'required' && required !== undefined)
    return { ok: false, reason: 'missing_field', field: required[0] };
  const field = finding?.instancePath.split('/')[1] ?? '';
  if (field === 'lon' || field === 'lat') return { ok: false, reason: 'unparsable_coordinates', field };
  if (field === 'occurredAt' || field === 'receivedAt') return { ok: false, reason: 'unparsable_time', field };
  return { ok: false, reason: 'malformed_row', field: field || unknownField(item) };
}

/** Properties with the point's coordinates: other geometries are left without, which is then what is missing. */
function fromGeoJson(item: unknown): unknown {
  if (!isObject(item) || item.type !== 'Feature') return item;
  const { geometry, properties, id } = item;
  const input: Record<string, unknown> = { ...(isObject(properties) ? properties : {}) };
  if (input.sourceId === undefined && (typeof id === 'string' || typeof id === 'number')) input.sourceId = String(id);
  if (isObject(geometry) && geometry.type === 'Point' && Array.isArray(geometry.coordinates)) {
    input.lon = geometry.coordinates[0];
    input.lat = geometry.coordinates[1];
  }
  return input;
}

function unknownField(item: unknown): string {
  if (!isObject(item)) return 'item';
  return Object.keys(item).find((key) => !(key in IncidentInputSchema.properties)) ?? 'item';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
