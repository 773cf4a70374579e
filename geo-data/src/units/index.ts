export { findStops, STOP_RULES, type StopRules, type Stops } from './find-stops.ts';
export { FORCE_LAYER_RULES, FORCE_LAYERS, type ForceLayer, type ForceLayerRule } from './force-layer.ts';
export { POSITION_LIMITS, type PositionLimits } from './position-limits.ts';
export { NO_STOP, segmentTrack, TRACK_ACTIVITIES, type TrackActivity, type TrackSegments } from './segment-track.ts';
export type { TrackColumns } from './track-columns.ts';
export { ROAD_BOUND_UNIT_KINDS, UNIT_KINDS, type UnitKind } from './unit-kind.ts';
export {
  AVAILABLE_UNIT_STATUSES,
  canChangeUnitStatus,
  UNIT_STATUS_TRANSITIONS,
  UNIT_STATUSES,
  type UnitStatus,
  unitStatusCode,
  unitStatusOfCode,
} from './unit-status.ts';
