import type { cellsOfPolygon } from '@xunfang/geo-data/geometry';
import type { IncidentFilter } from '@xunfang/geo-data/incidents';
import type { LoadedIncidents } from './loaded-incidents.ts';

export interface GridRequest {
  incidents: LoadedIncidents;
  filter: IncidentFilter;
  includeSelfInitiated: boolean;
  /** Tells study areas apart, so that a worker prepares each once. */
  areaKey: string;
  boundary: Parameters<typeof cellsOfPolygon>[0];
  resolution: number;
  kernel: 'epanechnikov' | 'gaussian';
  bandwidthMeters: number;
  /** This task's share of the cells for the density, of `parts`; the first part computes the other measures too. */
  part: number;
  parts: number;
}

export interface GridPart {
  cellHi: Uint32Array;
  cellLo: Uint32Array;
  counts: Uint32Array;
  ratePerKm2: Float32Array;
  giZ: Float32Array;
  giQ: Float32Array;
  /** Of this part's cells only. */
  densityPerKm2: Float32Array;
  inside: number;
}
