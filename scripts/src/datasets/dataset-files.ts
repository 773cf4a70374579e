import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import type { Feature, FeatureCollection, Geometry, Position } from 'geojson';

export interface Name {
  zh: string;
  en: string;
}

/** Reads `--from <source folder>` and `--out <target folder>`; the target defaults to where the project keeps the set. */
export function readDatasetArguments(defaultOut: URL): { from: string; out: string } {
  const { values } = parseArgs({ options: { from: { type: 'string' }, out: { type: 'string' } } });
  if (values.from === undefined) throw new Error('Say where the source data lies: --from <folder>.');
  return { from: values.from, out: values.out ?? defaultOut.pathname };
}

export function readCollection<G extends Geometry, P>(path: string): FeatureCollection<G, P> {
  const parsed: FeatureCollection<G, P> = JSON.parse(readFileSync(path, 'utf8'));
  const type: string = parsed.type;
  if (type !== 'FeatureCollection') throw new Error(`${path}: expected a FeatureCollection, got ${type}.`);
  return parsed;
}

export function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** One array item per line, so that a change of a data set reads well in a diff. */
export function writeItems(path: string, items: readonly object[]): void {
  writeText(path, `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]\n`);
}

/** GeoJSON with one feature per line and coordinates rounded to `digits` decimals (6 ≈ 0.1 m, 5 ≈ 1 m). */
export function writeFeatures(path: string, features: readonly Feature[], digits: number): void {
  const scale = 10 ** digits;
  const round = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(round) : typeof value === 'number' ? Math.round(value * scale) / scale : value;
  const lines = features.map(({ id, properties, geometry }) => {
    if (geometry.type === 'GeometryCollection') throw new Error(`${path}: geometry collections are not shipped.`);
    const rounded = { type: geometry.type, coordinates: round(geometry.coordinates) as Position[] };
    return JSON.stringify({ type: 'Feature', ...(id === undefined ? {} : { id }), properties, geometry: rounded });
  });
  writeText(path, `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`);
}
