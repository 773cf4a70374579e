import { kml } from '@tmcw/togeojson';
import { type Document, DOMParser } from '@xmldom/xmldom';
import { createCoordinateConverter, isCoordinateSystem, loadEpsgDefinition } from '@xunfang/geo-data/geometry';
import type { Feature } from 'geojson';
import { PlanFileError } from './plan-file-error.ts';
import { readShapefile } from './read-shapefile.ts';
import type { SourceFile } from './source-file.ts';
import { unpackZip } from './unpack-zip.ts';

const WANTED_ENTRIES = /\.(shp|dbf|prj|cpg|kml)$/i;

/** Reads GeoJSON, KML, KMZ or a zipped Shapefile; which one it is the bytes tell. */
export async function readSourceFile(bytes: Uint8Array): Promise<SourceFile> {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const files = unpackZip(bytes, WANTED_ENTRIES);
    if ([...files.keys()].some((name) => name.endsWith('.shp'))) return readShapefile(files);
    const inner = files.get('doc.kml') ?? [...files].find(([name]) => name.endsWith('.kml'))?.[1];
    return inner === undefined ? refuseFormat() : readKml(textOf(inner));
  }
  const text = textOf(bytes).trimStart();
  if (text.startsWith('<')) return readKml(text);
  return text.startsWith('{') ? readGeoJson(text) : refuseFormat();
}

const refuseFormat = (): never => {
  throw new PlanFileError('UNKNOWN_FORMAT');
};

/** UTF-8, with or without its mark, else GB18030. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function readKml(text: string): SourceFile {
  // Entities of one's own are the way to a bomb, and KML needs none.
  if (/<!DOCTYPE/i.test(text)) throw new PlanFileError('UNREADABLE', { detail: 'DOCTYPE' });
  let document: Document;
  try {
    document = new DOMParser({ onError: (_level, message) => refuseXml(message) }).parseFromString(text, 'text/xml');
  } catch (error) {
    if (error instanceof PlanFileError) throw error;
    return refuseXml(error instanceof Error ? error.message : String(error));
  }
  const { features } = kml(document);
  return {
    format: 'kml',
    features: features.map(({ properties, geometry }, at) => ({
      layer: null,
      row: at + 1,
      properties: properties ?? {},
      geometry,
    })),
    // KML has but one system; what maps of China write into it is often another, so the person's word holds.
    coordinates: null,
    encoding: null,
  };
}

function refuseXml(message: string): never {
  throw new PlanFileError('UNREADABLE', { detail: message.split('\n')[0].slice(0, 200) });
}

async function readGeoJson(text: string): Promise<SourceFile> {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (error) {
    throw new PlanFileError('UNREADABLE', { detail: error instanceof Error ? error.message : 'JSON' });
  }
  const { type, features, crs } = root as {
    type?: string;
    features?: unknown;
    crs?: { properties?: { name?: string } };
  };
  const list: unknown[] | null =
    type === 'FeatureCollection' && Array.isArray(features) ? features : type === 'Feature' ? [root] : null;
  if (list === null) return refuseFormat();
  // Gone from the standard, still written by GIS programs.
  const epsg = /EPSG:+(\d+)$/.exec(crs?.properties?.name ?? '')?.[1];
  const system = epsg === undefined ? null : `EPSG:${epsg}`;
  const convert = system === null ? undefined : await converterOf(system);
  return {
    format: 'geojson',
    features: list.map((item, at) => {
      const { properties, geometry } = (item ?? {}) as Partial<Feature>;
      return {
        layer: null,
        row: at + 1,
        properties: typeof properties === 'object' && properties !== null ? properties : {},
        geometry: geometry ?? null,
        ...(convert ? { convert } : {}),
      };
    }),
    coordinates: system,
    encoding: null,
  };
}

/** Of a system that somebody names. */
export async function converterOf(system: string) {
  if (!isCoordinateSystem(system)) throw new PlanFileError('UNKNOWN_SYSTEM', { system });
  try {
    return createCoordinateConverter(system, await loadEpsgDefinition(system));
  } catch {
    throw new PlanFileError('UNKNOWN_SYSTEM', { system });
  }
}
