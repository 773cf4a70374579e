import { useSyncExternalStore } from 'react';
import { serverNowMs } from '../connection/index.ts';

/** One timer for all clocks and ages on the page, on the full second. */
const listeners = new Set<() => void>();
let nowMs = Date.now();
let timer: number | undefined;

function tick(): void {
  nowMs = serverNowMs();
  for (const listener of listeners) listener();
  timer = window.setTimeout(tick, 1000 - (nowMs % 1000));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    nowMs = serverNowMs();
    timer = window.setTimeout(tick, 1000 - (nowMs % 1000));
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.clearTimeout(timer);
  };
}

/** Server time in ms since the epoch; the component draws again each second. Use it in leaves, not in whole panels. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => nowMs);
}
