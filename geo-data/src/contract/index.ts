export * from './alarms.ts';
export * from './beat-counts.ts';
export * from './bureaus.ts';
export * from './column-block.ts';
export * from './common.ts';
export * from './devices.ts';
export * from './drafts.ts';
export * from './errors.ts';
export * from './event-follower.ts';
export * from './geofences.ts';
export * from './hotspots.ts';
export * from './imports.ts';
export * from './incidents.ts';
export * from './plan-lifecycle.ts';
export * from './plan-files.ts';
export * from './plans.ts';
export * from './position-frame.ts';
export {
  type FrameBounds,
  POSITION_FRAME_HEADER_BYTES,
  type PositionFrame,
  readPositionFrameHeader,
} from './position-frame-header.ts';
export * from './proposals.ts';
export * from './roles.ts';
export * from './session.ts';
export * from './simulation.ts';
export * from './socket-events.ts';
export * from './tracks.ts';
export * from './units.ts';
