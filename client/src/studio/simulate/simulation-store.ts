import type { Simulation, SimulationLine, SimulationOrder } from '@xunfang/geo-data/contract';
import { create } from 'zustand';
import { api, isAbort } from '../../connection/index.ts';

export type RunState =
  | { kind: 'none' }
  | { kind: 'running'; done: number; count: number; startedAtMs: number }
  | { kind: 'cancelled' }
  /** A fault of the run itself has an id to quote; null: the answer broke off. */
  | { kind: 'broken'; id: string | null }
  | { kind: 'refused'; error: unknown };

interface SimulationState {
  /** The draft that was open: another one begins anew. */
  draftId: number | null;
  planA: number | null;
  planB: number | null;
  /** As in the analysis: days back, 0 all, -1 dates of one's own. */
  period: number;
  from: string;
  to: string;
  /** 0: all. */
  category: number;
  sceneMinutes: string;
  run: RunState;
  /** The last one that came; it stays while the next is under way. */
  result: Simulation | null;
  /** What `result` was asked with. */
  order: SimulationOrder | null;
}

const EMPTY: SimulationState = {
  draftId: null,
  planA: null,
  planB: null,
  period: 365,
  from: '',
  to: '',
  category: 0,
  sceneMinutes: '30',
  run: { kind: 'none' },
  result: null,
  order: null,
};

export const useSimulation = create<SimulationState>(() => EMPTY);

let running: AbortController | null = null;

export function beginAnew(draftId: number): void {
  running?.abort();
  running = null;
  useSimulation.setState({ ...EMPTY, draftId });
}

export function cancelSimulation(): void {
  running?.abort();
  running = null;
  useSimulation.setState({ run: { kind: 'cancelled' } });
}

/** Runs whatever tab is looked at; a new run takes the place of one under way. */
export async function runSimulation(bureau: string, order: SimulationOrder): Promise<void> {
  running?.abort();
  const own = new AbortController();
  running = own;
  const tell = (state: Partial<SimulationState>) => {
    if (running === own) useSimulation.setState(state);
  };
  const startedAtMs = performance.now();
  tell({ run: { kind: 'running', done: 0, count: 0, startedAtMs } });
  try {
    const options = { query: { bureau }, signal: own.signal };
    for await (const line of api.lines<SimulationLine>('/api/plans/simulation', order, options)) {
      if (line.kind === 'progress') tell({ run: { kind: 'running', done: line.done, count: line.count, startedAtMs } });
      else if (line.kind === 'failed') return tell({ run: { kind: 'broken', id: line.id } });
      else return tell({ run: { kind: 'none' }, result: line.result, order });
    }
    tell({ run: { kind: 'broken', id: null } });
  } catch (error) {
    if (!isAbort(error)) tell({ run: { kind: 'refused', error } });
  }
}
