import type { Simulation } from '@xunfang/geo-data/contract';

/** What the workers are asked for. Plain data: it crosses to another thread. */
export interface CallsOrder {
  databaseUrl: string;
  bureauId: number;
  from: Date;
  to: Date;
  /** null: all. */
  categories: readonly number[] | null;
  includeSelfInitiated: boolean;
  resolution: number;
}

/** Incidents in order of time; columns of equal length. */
export interface PeriodCalls {
  atSeconds: Float64Array;
  /** H3 cell at the plan's resolution. */
  cell: BigInt64Array;
  priority: Uint8Array;
}

/** The atoms of both plans, as far as a replay needs them. */
export interface SimulationAtoms {
  count: number;
  lon: Float64Array;
  lat: Float64Array;
  xMeters: Float64Array;
  yMeters: Float64Array;
  areaKm2: Float64Array;
}

export interface SimulationJob {
  atoms: SimulationAtoms;
  /** null: none are known, drives are straight ones. */
  roadsFile: string | null;
  /** One per call. */
  atSeconds: Float64Array;
  atomOfCall: Uint32Array;
  priority: Uint8Array;
  fromSeconds: number;
  toSeconds: number;
  plans: readonly [PlanOnAtoms, PlanOnAtoms];
  sceneMinutes: number;
  seed: number;
  /** Two numbers shared with the thread that waits: calls replayed so far, of all of both plans. */
  progress: Int32Array;
}

export interface PlanOnAtoms {
  beatOfAtom: Uint16Array;
  beatCount: number;
}

type Figures = Simulation['a'];
export type SimulationFigures = Pick<Simulation, 'difference' | 'days' | 'travel' | 'histogramSeconds'> & {
  a: Omit<Figures, 'plan' | 'revision'>;
  b: Omit<Figures, 'plan' | 'revision'>;
};
