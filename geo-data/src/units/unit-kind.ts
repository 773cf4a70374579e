/** How a unit moves. The position in the list is its code: append, never reorder. */
export const UNIT_KINDS = ['car', 'motorcycle', 'bicycle', 'foot', 'boat', 'drone'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** Kinds that keep to the road network; the others go straight. */
export const ROAD_BOUND_UNIT_KINDS: readonly UnitKind[] = ['car', 'motorcycle', 'bicycle'];
