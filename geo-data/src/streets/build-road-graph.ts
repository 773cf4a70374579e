import type { Feature, FeatureCollection, LineString } from 'geojson';
import { haversineDistanceMeters } from '../geometry/index.ts';
import { NO_EDGE, ROAD_CLASSES, type RoadGraph } from './road-graph.ts';
import { classSpeedKmh, travelSeconds } from './travel-time.ts';

/** A directed street section as `chengdu-roads/edges.geojson` gives it. */
export interface RoadEdgeProperties {
  /** Names of the nodes where it begins and ends. */
  frm: string;
  to: string;
  /** OpenStreetMap class; empty or absent counts as unknown. */
  highway?: string | null;
  name?: string | null;
  /** Speed limit. */
  speed_mps?: number | null;
  /** Length along the street; measured on the geometry when absent. */
  length_m?: number | null;
}
export type RoadEdgeCollection = FeatureCollection<LineString, RoadEdgeProperties>;

/** Lengths of the two directions of one street differ by lane offsets and junction cuts, hardly by more than this share. */
const REVERSE_LENGTH_TOLERANCE = 0.25;
const REVERSE_LENGTH_TOLERANCE_METERS = 15;

/**
 * The road graph of directed street sections. Nodes are numbered in order of appearance and lie at the mean of the ends
 * that meet there; edges are sorted by the node they leave. Speed is the ordinary one of `classSpeedKmh`. Networks made for
 * traffic simulation end their sections at the edge of the junction; the crossing is driven too, so no section counts shorter
 * than the distance between its nodes.
 * O(n + m log m). Throws a RangeError for an edge that lacks nodes, geometry or length, naming its position.
 */
export function buildRoadGraph(collection: RoadEdgeCollection): RoadGraph {
  const { features } = collection;
  const nodeNumbers = new Map<string, number>();
  const numberOf = (name: string): number => {
    const known = nodeNumbers.get(name);
    if (known !== undefined) return known;
    nodeNumbers.set(name, nodeNumbers.size);
    return nodeNumbers.size - 1;
  };
  for (const [position, feature] of features.entries()) assertEdge(feature, position);
  const ends = features.map(({ properties }) => ({ from: numberOf(properties.frm), to: numberOf(properties.to) }));
  const order = features
    .map((_, i) => i)
    .sort((a, b) => ends[a].from - ends[b].from || ends[a].to - ends[b].to || a - b);

  const nodeCount = nodeNumbers.size;
  const edgeCount = features.length;
  const vertexCount = features.reduce((sum, feature) => sum + feature.geometry.coordinates.length, 0);
  const names = [''];
  const nameNumbers = new Map([['', 0]]);
  const graph: RoadGraph = {
    nodeCount,
    edgeCount,
    nodeLon: new Float64Array(nodeCount),
    nodeLat: new Float64Array(nodeCount),
    edgeOffset: new Uint32Array(nodeCount + 1),
    edgeSource: new Uint32Array(edgeCount),
    edgeTarget: new Uint32Array(edgeCount),
    edgeLengthMeters: new Float64Array(edgeCount),
    edgeSpeedKmh: new Float64Array(edgeCount),
    edgeTravelSeconds: new Float64Array(edgeCount),
    edgeRoadClass: new Uint8Array(edgeCount),
    edgeNameIndex: new Uint32Array(edgeCount),
    edgeReverse: new Uint32Array(edgeCount).fill(NO_EDGE),
    geometryOffset: new Uint32Array(edgeCount + 1),
    geometryLon: new Float64Array(vertexCount),
    geometryLat: new Float64Array(vertexCount),
    names,
    maxSpeedKmh: 0,
  };
  const endsAtNode = new Uint32Array(nodeCount);
  let vertex = 0;
  for (const [edge, position] of order.entries()) {
    const { properties, geometry } = features[position];
    const { from, to } = ends[position];
    graph.edgeSource[edge] = from;
    graph.edgeTarget[edge] = to;
    graph.edgeOffset[from + 1]++;
    const line = geometry.coordinates;
    for (const [lon, lat] of line) {
      graph.geometryLon[vertex] = lon;
      graph.geometryLat[vertex++] = lat;
    }
    graph.geometryOffset[edge + 1] = vertex;
    for (const [node, [lon, lat]] of [
      [from, line[0]],
      [to, line[line.length - 1]],
    ] as const) {
      graph.nodeLon[node] += lon;
      graph.nodeLat[node] += lat;
      endsAtNode[node]++;
    }
    const roadClass = ROAD_CLASSES.findIndex((name) => name === properties.highway);
    graph.edgeRoadClass[edge] = roadClass < 0 ? ROAD_CLASSES.length - 1 : roadClass;
    const limitKmh = properties.speed_mps ? properties.speed_mps * 3.6 : undefined;
    graph.edgeSpeedKmh[edge] = classSpeedKmh(graph.edgeRoadClass[edge], limitKmh);
    graph.edgeLengthMeters[edge] = properties.length_m ?? lineMeters(line);
    const name = properties.name ?? '';
    if (!nameNumbers.has(name)) nameNumbers.set(name, names.push(name) - 1);
    graph.edgeNameIndex[edge] = nameNumbers.get(name) ?? 0;
  }
  for (let node = 0; node < nodeCount; node++) {
    graph.edgeOffset[node + 1] += graph.edgeOffset[node];
    graph.nodeLon[node] /= endsAtNode[node];
    graph.nodeLat[node] /= endsAtNode[node];
  }
  finishEdges(graph);
  pairDirections(graph);
  return graph;
}

/** Lengthens sections that were cut at junctions to the distance of their nodes, and derives times. */
function finishEdges(graph: RoadGraph): void {
  const { nodeLon, nodeLat, edgeLengthMeters, edgeSpeedKmh } = graph;
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const [a, b] = [graph.edgeSource[edge], graph.edgeTarget[edge]];
    const straight = haversineDistanceMeters(nodeLon[a], nodeLat[a], nodeLon[b], nodeLat[b]);
    edgeLengthMeters[edge] = Math.max(edgeLengthMeters[edge], straight);
    graph.edgeTravelSeconds[edge] = travelSeconds(edgeLengthMeters[edge], edgeSpeedKmh[edge]);
    graph.maxSpeedKmh = Math.max(graph.maxSpeedKmh, edgeSpeedKmh[edge]);
  }
}

function assertEdge({ properties, geometry }: Feature<LineString, RoadEdgeProperties>, position: number): void {
  if (typeof properties?.frm !== 'string' || typeof properties.to !== 'string') {
    throw new RangeError(
      `Edge ${position} goes from ${properties?.frm} to ${properties?.to}, expected two node names.`,
    );
  }
  const vertices = geometry?.coordinates?.length ?? 0;
  if (vertices < 2) throw new RangeError(`Edge ${position} has ${vertices} vertices, expected at least 2.`);
  if (properties.length_m !== undefined && properties.length_m !== null && !(properties.length_m > 0)) {
    throw new RangeError(`Edge ${position} is ${properties.length_m} m long, expected more than 0.`);
  }
}

function lineMeters(line: readonly (readonly number[])[]): number {
  let meters = 0;
  for (let i = 1; i < line.length; i++)
    meters += haversineDistanceMeters(line[i - 1][0], line[i - 1][1], line[i][0], line[i][1]);
  // A street without extent would cost nothing to drive.
  return Math.max(meters, 0.1);
}

/** Pairs every edge with the one that runs back between the same nodes, nearest in length, each used once. */
function pairDirections(graph: RoadGraph): void {
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (graph.edgeReverse[edge] !== NO_EDGE) continue;
    const length = graph.edgeLengthMeters[edge];
    const target = graph.edgeTarget[edge];
    let best: number = NO_EDGE;
    let bestDifference = Math.max(REVERSE_LENGTH_TOLERANCE * length, REVERSE_LENGTH_TOLERANCE_METERS);
    for (let back = graph.edgeOffset[target]; back < graph.edgeOffset[target + 1]; back++) {
      if (back === edge || graph.edgeTarget[back] !== graph.edgeSource[edge]) continue;
      if (graph.edgeReverse[back] !== NO_EDGE) continue;
      const difference = Math.abs(graph.edgeLengthMeters[back] - length);
      if (difference > bestDifference) continue;
      best = back;
      bestDifference = difference;
    }
    if (best === NO_EDGE) continue;
    graph.edgeReverse[edge] = best;
    graph.edgeReverse[best] = edge;
  }
}
