import { toKML } from '@placemarkio/tokml';
import type { PlanFileFormat } from '@xunfang/geo-data/contract';
import { strToU8, zipSync } from 'fflate';
import type { MultiPolygon } from 'geojson';
import { ATOM_FIELDS, ATOM_TABLE, CELLS_COLUMN, PLAN_COLUMNS } from './plan-columns.ts';
import { writeDbf } from './write-dbf.ts';
import { writeShp } from './write-shp.ts';

export type PlanValue = string | number | null;
export interface PlanFeature {
  level: 'zone' | 'beat';
  /** By the names of `PLAN_COLUMNS`. */
  values: Record<string, PlanValue>;
  /** Of a beat; none of a zone. */
  cells: readonly string[];
  outline: MultiPolygon;
}
export interface PlanFileOrder {
  format: PlanFileFormat;
  title: string;
  features: readonly PlanFeature[];
  at: Date;
}

const WGS84_WKT =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],' +
  'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';

export const PLAN_FILE_TYPES: Readonly<Record<PlanFileFormat, { extension: string; type: string }>> = {
  geojson: { extension: 'geojson', type: 'application/geo+json; charset=utf-8' },
  shapefile: { extension: 'zip', type: 'application/zip' },
  kml: { extension: 'kml', type: 'application/vnd.google-earth.kml+xml; charset=utf-8' },
};

/** A plan as a file of other programs, WGS 84, zones before beats. */
export function writePlanFile({ format, title, features, at }: PlanFileOrder): Uint8Array {
  if (format === 'shapefile') return zippedShapefile(features, at);
  const attributesOf = ({ level, values, cells }: PlanFeature): Record<string, PlanValue> => ({
    ...values,
    ...(level === 'beat' ? { [CELLS_COLUMN]: cells.join(' ') } : {}),
  });
  const collection = features.map((feature) => ({
    type: 'Feature' as const,
    id: `${feature.level}-${feature.values.number}`,
    properties: attributesOf(feature),
    geometry: feature.outline,
  }));
  if (format === 'geojson')
    return strToU8(JSON.stringify({ type: 'FeatureCollection', name: title, features: collection }));
  const named = collection.map(({ properties, ...feature }) => ({
    ...feature,
    properties: {
      name: properties.name_zh,
      // A value that is not there has no element.
      ...Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null)),
    },
  }));
  return strToU8(toKML({ type: 'FeatureCollection', features: named }));
}

/** Two layers and the table of atoms. */
function zippedShapefile(features: readonly PlanFeature[], at: Date): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  const cpg = strToU8('UTF-8');
  for (const level of ['zone', 'beat'] as const) {
    const layer = features.filter((feature) => feature.level === level);
    const { shp, shx } = writeShp(layer.map(({ outline }) => outline));
    const fields = PLAN_COLUMNS.map(({ name: _name, field, ...rest }) => ({ name: field, ...rest }));
    const rows = layer.map(({ values }) => PLAN_COLUMNS.map(({ name }) => values[name] ?? null));
    Object.assign(files, {
      [`${level}s.shp`]: shp,
      [`${level}s.shx`]: shx,
      [`${level}s.dbf`]: writeDbf(fields, rows, at),
      [`${level}s.prj`]: strToU8(WGS84_WKT),
      [`${level}s.cpg`]: cpg,
    });
  }
  const atoms = features.flatMap(({ cells, values }) => cells.map((cell) => [cell, values.number]));
  const fields = [
    { name: ATOM_FIELDS.cell, type: 'text' as const },
    { name: ATOM_FIELDS.beat, type: 'number' as const, width: 5 },
  ];
  files[`${ATOM_TABLE}.dbf`] = writeDbf(fields, atoms, at);
  files[`${ATOM_TABLE}.cpg`] = cpg;
  return zipSync(files, { mtime: at });
}
