import type { Realtime } from '../platform/index.ts';
import type { LivePositions } from './live-positions.ts';

const TICK_MS = 1000;

/** Once a second one snapshot per bureau that anybody watches; the same bytes go to everyone. */
export function createFrameTicker(
  positions: LivePositions,
  realtime: Pick<Realtime, 'watchers' | 'frameToBureau'>,
  now: () => Date,
) {
  let timer: NodeJS.Timeout | undefined;

  function tick(): void {
    for (const bureauId of positions.bureauIds()) {
      if (realtime.watchers(bureauId) === 0) continue;
      const frame = positions.frame(bureauId, now().getTime());
      if (frame !== undefined) realtime.frameToBureau(bureauId, frame);
    }
  }

  return {
    start(): void {
      timer = setInterval(tick, TICK_MS);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}
