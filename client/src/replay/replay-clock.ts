import { create } from 'zustand';

export const WINDOWS = [
  { key: 'hour1', seconds: 3600 },
  { key: 'hours6', seconds: 6 * 3600 },
  { key: 'day1', seconds: 86_400 },
  { key: 'days3', seconds: 3 * 86_400 },
  { key: 'days7', seconds: 7 * 86_400 },
  { key: 'days30', seconds: 30 * 86_400 },
] as const;
/** Seconds of the past shown per second. */
export const SPEEDS = [
  { key: 'hour1', secondsPerSecond: 3600 },
  { key: 'hours6', secondsPerSecond: 6 * 3600 },
  { key: 'day1', secondsPerSecond: 86_400 },
  { key: 'days3', secondsPerSecond: 3 * 86_400 },
  { key: 'days7', secondsPerSecond: 7 * 86_400 },
] as const;

interface ReplayClock {
  active: boolean;
  playing: boolean;
  /** The window ends here. Seconds since the epoch. */
  cursorSeconds: number;
  windowSeconds: number;
  secondsPerSecond: number;
  /** The period that can be replayed, [from, to). */
  fromSeconds: number;
  toSeconds: number;
}

export const useReplayClock = create<ReplayClock>(() => ({
  active: false,
  playing: false,
  cursorSeconds: 0,
  windowSeconds: 7 * 86_400,
  secondsPerSecond: 86_400,
  fromSeconds: 0,
  toSeconds: 0,
}));

let animation = 0;
let lastMs = 0;

/** Enters the replay of a period, at its start. A change of period while inside keeps the cursor where it can. */
export function openReplay(fromSeconds: number, toSeconds: number): void {
  const { active, cursorSeconds, windowSeconds } = useReplayClock.getState();
  const kept = active && cursorSeconds >= fromSeconds && cursorSeconds <= toSeconds;
  const start = Math.min(toSeconds, fromSeconds + windowSeconds);
  useReplayClock.setState({ active: true, fromSeconds, toSeconds, cursorSeconds: kept ? cursorSeconds : start });
}

export function closeReplay(): void {
  pauseReplay();
  useReplayClock.setState({ active: false });
}

export function playReplay(): void {
  const { cursorSeconds, toSeconds, fromSeconds, windowSeconds } = useReplayClock.getState();
  // At the end, playing starts over.
  if (cursorSeconds >= toSeconds)
    useReplayClock.setState({ cursorSeconds: Math.min(toSeconds, fromSeconds + windowSeconds) });
  useReplayClock.setState({ playing: true });
  lastMs = performance.now();
  cancelAnimationFrame(animation);
  animation = requestAnimationFrame(advance);
}

export function pauseReplay(): void {
  cancelAnimationFrame(animation);
  useReplayClock.setState({ playing: false });
}

export function seekReplay(cursorSeconds: number): void {
  const { fromSeconds, toSeconds } = useReplayClock.getState();
  useReplayClock.setState({ cursorSeconds: Math.min(toSeconds, Math.max(fromSeconds, cursorSeconds)) });
}

export function setReplayWindow(windowSeconds: number): void {
  useReplayClock.setState({ windowSeconds });
}

export function setReplaySpeed(secondsPerSecond: number): void {
  useReplayClock.setState({ secondsPerSecond });
}

function advance(nowMs: number): void {
  const { cursorSeconds, secondsPerSecond, toSeconds } = useReplayClock.getState();
  // A tab that slept does not leap: at most a quarter of a second passes per frame.
  const elapsedMs = Math.min(250, Math.max(0, nowMs - lastMs));
  lastMs = nowMs;
  const next = cursorSeconds + (elapsedMs / 1000) * secondsPerSecond;
  if (next >= toSeconds) {
    useReplayClock.setState({ cursorSeconds: toSeconds, playing: false });
    return;
  }
  useReplayClock.setState({ cursorSeconds: next });
  animation = requestAnimationFrame(advance);
}
