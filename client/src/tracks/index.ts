export { PastNote } from './past-note.tsx';
export { PastUnitsOnMap } from './past-units.tsx';
export { useTimeline } from './timeline-store.ts';
export { TrackStrip } from './track-strip.tsx';
