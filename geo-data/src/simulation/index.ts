export { type CallColumns, LOWEST_PRIORITY } from './call-columns.ts';
export {
  type CategoryProfile,
  DEMONSTRATION_PROFILES,
  type HourShape,
  type Setting,
  type WeekShape,
} from './category-profiles.ts';
export {
  type CompareOptions,
  compareReplays,
  type Difference,
  FEWEST_BLOCKS,
  type ReplayComparison,
} from './compare-replays.ts';
export { createReplay, type Replay, type ReplayOutcome, type ReplayRequest } from './create-replay.ts';
export type { Fleet, Roster } from './fleet.ts';
export { type GeneratedIncidents, type GenerateOptions, generateIncidents } from './generate-incidents.ts';
export { createIncidentSurface, type IncidentSurface, type SurfaceOptions } from './incident-surface.ts';
export { ReplayCancelledError, type ReplayOptions, replayCalls } from './replay-calls.ts';
export { type ResampledCalls, type ResampleRequest, resampleCalls } from './resample-calls.ts';
export { type LiveCall, sampleLiveCall } from './sample-live-call.ts';
export {
  HISTOGRAM_SECONDS,
  type ReplaySummary,
  summariseReplay,
  type TierAttainment,
  type TimeFigures,
} from './summarise-replay.ts';
