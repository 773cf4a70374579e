/**
 * Classes of road by OpenStreetMap's `highway`, most important first; a road's class is stored as its index here.
 * The last one stands for roads without a class.
 */
export const ROAD_CLASSES = [
  'motorway',
  'motorway_link',
  'trunk',
  'trunk_link',
  'primary',
  'primary_link',
  'secondary',
  'secondary_link',
  'tertiary',
  'tertiary_link',
  'unclassified',
  'residential',
  'living_street',
  'service',
  'pedestrian',
  'unknown',
] as const;
export type RoadClass = (typeof ROAD_CLASSES)[number];

/** Marks the absence of an edge in columns of edge numbers. */
export const NO_EDGE = 0xffffffff;

/**
 * A directed road network in compressed sparse rows: the edges that leave node v are
 * `edgeOffset[v] .. edgeOffset[v + 1] - 1`. Plain typed arrays throughout, so it crosses to a worker as it is.
 */
export interface RoadGraph {
  nodeCount: number;
  edgeCount: number;
  /** nodeCount, degrees WGS 84. */
  nodeLon: Float64Array;
  nodeLat: Float64Array;
  /** nodeCount + 1. */
  edgeOffset: Uint32Array;
  /** edgeCount each. */
  edgeSource: Uint32Array;
  edgeTarget: Uint32Array;
  /** Never less than the straight distance between its nodes. */
  edgeLengthMeters: Float64Array;
  edgeSpeedKmh: Float64Array;
  edgeTravelSeconds: Float64Array;
  /** Index into `ROAD_CLASSES`. */
  edgeRoadClass: Uint8Array;
  /** Index into `names`. */
  edgeNameIndex: Uint32Array;
  /** The same street in the other direction, or `NO_EDGE`. */
  edgeReverse: Uint32Array;
  /** Vertices of edge e are `geometryOffset[e] .. geometryOffset[e + 1] - 1` of the two columns below, in driving direction. */
  geometryOffset: Uint32Array;
  geometryLon: Float64Array;
  geometryLat: Float64Array;
  /** Street names; entry 0 is the empty name. */
  names: string[];
  /** The highest of `edgeSpeedKmh`. Since no edge is shorter than the distance of its nodes, it bounds travel times for A*. */
  maxSpeedKmh: number;
}
