import { create } from 'zustand';

/** Seconds of the past shown per second. */
export const SPEEDS = [60, 300, 900, 3600] as const;
export const LENGTHS_HOURS = [1, 2, 4, 8, 12, 24] as const;

export interface Period {
  fromSeconds: number;
  toSeconds: number;
}

interface Timeline {
  open: boolean;
  /** What was asked for; null until then. */
  period: Period | null;
  /** Units that were asked for with it; null: all of the bureau. */
  askedUnits: readonly number[] | null;
  /** The part of the period on screen. */
  viewFrom: number;
  viewTo: number;
  cursorSeconds: number;
  /** Row that is picked out, as the unit's id. */
  unitId: number | null;
  playing: boolean;
  secondsPerSecond: number;
}

const CLOSED: Timeline = {
  open: false,
  period: null,
  askedUnits: null,
  viewFrom: 0,
  viewTo: 1,
  cursorSeconds: 0,
  unitId: null,
  playing: false,
  secondsPerSecond: 300,
};
/** Nothing shorter can be looked at. */
const SHORTEST_VIEW_SECONDS = 120;

export const useTimeline = create<Timeline>(() => CLOSED);

export function openTimeline(): void {
  useTimeline.setState({ open: true });
}

export function closeTimeline(): void {
  pauseTimeline();
  useTimeline.setState(CLOSED);
}

export function showPeriod(period: Period, askedUnits: readonly number[] | null = null): void {
  pauseTimeline();
  const { fromSeconds, toSeconds } = period;
  useTimeline.setState({ period, askedUnits, viewFrom: fromSeconds, viewTo: toSeconds, cursorSeconds: fromSeconds });
}

/** Moves the cursor; the window follows when it would leave it. */
export function seekTimeline(seconds: number): void {
  const { period, viewFrom, viewTo } = useTimeline.getState();
  if (!period) return;
  const cursorSeconds = Math.min(period.toSeconds, Math.max(period.fromSeconds, seconds));
  useTimeline.setState({ cursorSeconds });
  if (cursorSeconds < viewFrom || cursorSeconds > viewTo)
    moveView(cursorSeconds - (viewTo - viewFrom) / 2, viewTo - viewFrom);
}

/** `factor` above 1 shows less, about the instant `about`. */
export function zoomTimeline(factor: number, about = useTimeline.getState().cursorSeconds): void {
  const { period, viewFrom, viewTo } = useTimeline.getState();
  if (!period) return;
  const whole = period.toSeconds - period.fromSeconds;
  const width = Math.min(whole, Math.max(Math.min(SHORTEST_VIEW_SECONDS, whole), (viewTo - viewFrom) / factor));
  const share = Math.min(1, Math.max(0, (about - viewFrom) / (viewTo - viewFrom)));
  moveView(about - share * width, width);
}

export function panTimeline(bySeconds: number): void {
  const { viewFrom, viewTo } = useTimeline.getState();
  moveView(viewFrom + bySeconds, viewTo - viewFrom);
}

export function zoomToPeriod(): void {
  const { period } = useTimeline.getState();
  if (period) useTimeline.setState({ viewFrom: period.fromSeconds, viewTo: period.toSeconds });
}

export function pickUnit(unitId: number | null): void {
  useTimeline.setState({ unitId });
}

export function setTimelineSpeed(secondsPerSecond: number): void {
  useTimeline.setState({ secondsPerSecond });
}

let animation = 0;
let lastMs = 0;

export function playTimeline(): void {
  const { period, cursorSeconds } = useTimeline.getState();
  if (!period) return;
  // At the end, playing starts over.
  if (cursorSeconds >= period.toSeconds) seekTimeline(period.fromSeconds);
  useTimeline.setState({ playing: true });
  lastMs = performance.now();
  cancelAnimationFrame(animation);
  animation = requestAnimationFrame(advance);
}

export function pauseTimeline(): void {
  cancelAnimationFrame(animation);
  useTimeline.setState({ playing: false });
}

function advance(nowMs: number): void {
  const { period, cursorSeconds, secondsPerSecond } = useTimeline.getState();
  if (!period) return;
  // A tab that slept does not leap.
  const elapsedMs = Math.min(250, Math.max(0, nowMs - lastMs));
  lastMs = nowMs;
  const next = cursorSeconds + (elapsedMs / 1000) * secondsPerSecond;
  seekTimeline(next);
  if (next >= period.toSeconds) {
    useTimeline.setState({ playing: false });
    return;
  }
  animation = requestAnimationFrame(advance);
}

function moveView(from: number, width: number): void {
  const { period } = useTimeline.getState();
  if (!period) return;
  const viewFrom = Math.min(period.toSeconds - width, Math.max(period.fromSeconds, from));
  useTimeline.setState({ viewFrom, viewTo: viewFrom + width });
}
