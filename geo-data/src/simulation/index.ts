export {
  type CategoryProfile,
  DEMONSTRATION_PROFILES,
  type HourShape,
  type Setting,
  type WeekShape,
} from './category-profiles.ts';
export { type GeneratedIncidents, type GenerateOptions, generateIncidents } from './generate-incidents.ts';
export { createIncidentSurface, type IncidentSurface, type SurfaceOptions } from './incident-surface.ts';
export { type LiveCall, sampleLiveCall } from './sample-live-call.ts';
