export { AreaDetail, BeatDetail } from './beat-detail.tsx';
export { BeatLegend } from './beat-legend.tsx';
export { BEAT_LABELS_LAYER, BEATS_LAYER, BeatsOnMap } from './beats-on-map.tsx';
export { CloneDialog } from './clone-dialog.tsx';
export { beatMessages } from './messages.ts';
export { PlanDownloads } from './plan-downloads.tsx';
export { PlanPanel } from './plan-panel.tsx';
export {
  draftCodec,
  useBeatPlaces,
  useChoosePlan,
  useOpenDraft,
  usePlan,
  usePlanFeed,
  usePlanGeometry,
  usePlanShown,
  usePlans,
} from './plan-queries.ts';
