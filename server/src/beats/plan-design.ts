import type { AtomSet, BeatPlan } from '@xunfang/geo-data/beats';
import type { AreaFigures, Bilingual } from '@xunfang/geo-data/contract';
import type { MultiPolygon } from 'geojson';

/** What the worker is asked for. Plain data: it crosses to another thread. */
export interface AtomSetOrder {
  /** Polygon or MultiPolygon, WGS 84. */
  boundary: unknown;
  resolution: number;
  /** Streets decide which atoms are neighbours; null: none are known. */
  roadsFile: string | null;
}

export interface DesignOrder extends AtomSetOrder {
  /** Incidents of the basis, counted per atom cell and priority. */
  load: CellLoad;
  beats: number;
  zones: number;
  seed: number;
  tolerance: number;
}

/** One row per (cell of the plan's resolution, priority); columns of equal length. */
export interface CellLoad {
  cell: BigInt64Array;
  priority: Uint8Array;
  count: Uint32Array;
}

export interface DesignedArea {
  number: number;
  zoneNumber: number;
  name: Bilingual;
  colour: number;
  labelAt: [number, number];
  boundary: MultiPolygon;
  figures: AreaFigures;
}

/** A plan as the tables hold it. */
export interface DrawnPlan {
  zones: DesignedArea[];
  beats: DesignedArea[];
  /** H3 cells at the plan's resolution, ascending, and the number of the beat of each, 0: of none. */
  cells: BigInt64Array;
  beatNumbers: Uint16Array;
}

export interface DesignedPlan extends DrawnPlan {
  incidentCount: number;
  worstDeviation: number;
}

/** A refusal travels as data: a class of errors does not survive the way between threads. */
export interface Refusal {
  code: string;
  params: Record<string, number>;
}
export type AtomSetOutcome = { atoms: AtomSet } | { refused: Refusal };
export type DesignOutcome = { plan: DesignedPlan } | { refused: Refusal };

export interface AreaLabel {
  number: number;
  name: Bilingual;
  colour: number;
}
export interface DrawingOrder {
  atoms: AtomSet;
  plan: BeatPlan;
  /** In the order of the plan's numbers from 0. */
  beats: AreaLabel[];
  zones: AreaLabel[];
  load: CellLoad;
}
