export { replayMessages } from './messages.ts';
export { useReplayClock } from './replay-clock.ts';
export { ReplayLegend } from './replay-legend.tsx';
export { ReplayOnMap } from './replay-on-map.tsx';
export { ReplayStrip } from './replay-strip.tsx';
