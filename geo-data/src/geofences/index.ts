export {
  createFenceTracker,
  type FenceChange,
  type FenceCrossing,
  type FenceTracker,
  type TrackedFence,
} from './create-fence-tracker.ts';
export { type FenceFault, findFenceFault } from './find-fence-fault.ts';
export { isActiveAt, type WeekWindow, windowHolds } from './is-active-at.ts';
