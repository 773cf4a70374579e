import type { PlanFileFormat } from '@xunfang/geo-data/contract';
import type { CoordinateConverter } from '@xunfang/geo-data/geometry';
import type { Geometry } from 'geojson';

/** A feature as a file has it. */
export interface SourceFeature {
  layer: string | null;
  /** In its layer, from 1. */
  row: number;
  properties: Record<string, unknown>;
  geometry: Geometry | null;
  /** Where the file says itself what its coordinates are. */
  convert?: CoordinateConverter;
}
export interface SourceFile {
  format: PlanFileFormat;
  features: SourceFeature[];
  /** What the file says of its coordinates. */
  coordinates: string | null;
  encoding: string | null;
}
