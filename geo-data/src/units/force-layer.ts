/** The layers of patrol force. The position in the list is its code: append, never reorder. */
export const FORCE_LAYERS = ['armed_patrol', 'station_patrol', 'office_overlay', 'community_joint'] as const;
export type ForceLayer = (typeof FORCE_LAYERS)[number];

export interface ForceLayerRule {
  /** Counts as a marked police presence (见警率); the community force only counts as patrol presence (见巡率). */
  countsAsPolice: boolean;
  /** May be sent to a violent call. The community force (群防群治) never is: it observes. */
  answersViolentCalls: boolean;
}

export const FORCE_LAYER_RULES: Readonly<Record<ForceLayer, ForceLayerRule>> = {
  armed_patrol: { countsAsPolice: true, answersViolentCalls: true },
  station_patrol: { countsAsPolice: true, answersViolentCalls: true },
  office_overlay: { countsAsPolice: true, answersViolentCalls: true },
  community_joint: { countsAsPolice: false, answersViolentCalls: false },
};
