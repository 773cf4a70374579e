import { IndexedHeap } from '../numeric/index.ts';
import { NO_EDGE, type RoadGraph } from './road-graph.ts';

/**
 * Scratch memory of searches on one graph, reused from search to search: a search then allocates nothing and clears
 * only what the one before touched. Not for two searches at once.
 */
export interface PathWorkspace {
  nodeCount: number;
  /** Travel time to every node reached so far, Infinity elsewhere. */
  seconds: Float64Array;
  /** Edge by which a node was reached best, `NO_EDGE` for seeds and unreached nodes. */
  viaEdge: Uint32Array;
  heap: IndexedHeap;
  touched: Uint32Array;
  touchedCount: number;
}

export function createPathWorkspace(graph: Pick<RoadGraph, 'nodeCount'>): PathWorkspace {
  return {
    nodeCount: graph.nodeCount,
    seconds: new Float64Array(graph.nodeCount).fill(Number.POSITIVE_INFINITY),
    viaEdge: new Uint32Array(graph.nodeCount).fill(NO_EDGE),
    heap: new IndexedHeap(graph.nodeCount),
    touched: new Uint32Array(graph.nodeCount),
    touchedCount: 0,
  };
}
