import type { AtomShapes } from '@xunfang/geo-data/beats';
import type { Place } from '@xunfang/geo-data/contract';
import type { DraftGround } from '../draft/draft-columns.ts';
import type { FactorColumns } from './factors.ts';
import type { FromScorer, ScoreRequest, StudioScore, ToScorer } from './score-protocol.ts';

export interface Scorer {
  /** Asks for the figures of a state. While the worker is busy only the newest question waits. The assignment is handed over. */
  ask(request: ScoreRequest): void;
  stop(): void;
}

export function startScorer(deps: {
  ground: DraftGround;
  places: readonly Place[];
  columns: FactorColumns;
  onShapes: (shapes: AtomShapes) => void;
  onScore: (score: StudioScore) => void;
  onFailed: (message: string) => void;
}): Scorer {
  const worker = new Worker(new URL('./score.worker.ts', import.meta.url), { type: 'module' });
  let busy = true;
  let waiting: ScoreRequest | null = null;
  const tell = (message: ToScorer, transfer: Transferable[] = []) => worker.postMessage(message, transfer);
  const send = (request: ScoreRequest) => {
    busy = true;
    tell({ kind: 'score', request }, [request.beatOfAtom.buffer]);
  };
  const next = () => {
    busy = false;
    const request = waiting;
    waiting = null;
    if (request) send(request);
  };
  worker.onmessage = ({ data }: MessageEvent<FromScorer>) => {
    if (data.kind === 'shapes') deps.onShapes(data.shapes);
    else if (data.kind === 'score') deps.onScore(data.score);
    else deps.onFailed(data.message);
    next();
  };
  worker.onerror = (event) => deps.onFailed(event.message);
  const { ground, places, columns } = deps;
  tell({ kind: 'ground', ground, places, columns });
  return {
    ask(request) {
      if (busy) waiting = request;
      else send(request);
    },
    stop: () => worker.terminate(),
  };
}
