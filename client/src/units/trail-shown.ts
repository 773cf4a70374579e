import { create } from 'zustand';

/** A trail is somebody's track: it is shown only when asked for, and the server notes who asked. */
export const useTrailShown = create<{ shown: boolean; minutes: number }>(() => ({ shown: false, minutes: 30 }));

export function showTrail(shown: boolean): void {
  useTrailShown.setState({ shown });
}
