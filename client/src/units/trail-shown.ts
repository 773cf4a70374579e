import { create } from 'zustand';

/** How far back a trail may reach. Beyond the policy's live minutes the purpose is asked for. */
export const TRAIL_MINUTES = [30, 60, 120, 240] as const;

/** A trail is somebody's track: it is shown only when asked for, and the server notes who asked. */
export const useTrailShown = create<{
  shown: boolean;
  minutes: number;
  /** The fix that was clicked: seconds since the epoch, which stay what they are when newer fixes come. */
  pickedSeconds: number | null;
}>(() => ({ shown: false, minutes: 30, pickedSeconds: null }));

export function showTrail(shown: boolean): void {
  useTrailShown.setState({ shown, pickedSeconds: null });
}

export function setTrailMinutes(minutes: number): void {
  useTrailShown.setState({ minutes, shown: true });
}

export function pickTrailFix(pickedSeconds: number | null): void {
  useTrailShown.setState({ pickedSeconds });
}
