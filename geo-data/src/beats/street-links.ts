import { haversineDistanceMeters } from '../geometry/index.ts';
import { NO_EDGE, ROAD_CLASSES, type RoadGraph } from '../streets/index.ts';
import { type AtomLookup, NO_ATOM } from './atom-lookup.ts';

/** What streets do to atoms. */
export interface StreetLinks {
  /** Length of streets per atom. */
  streetMeters: Float64Array;
  /** Pairs of atoms between which a street passes, as `lower * atomCount + higher`. */
  links: Set<number>;
}

const MOTORWAY = ROAD_CLASSES.indexOf('motorway');

/**
 * Lays every street over the atoms by sampling it every `stepMeters` (a tenth of a cell's edge is fine enough: whatever such a
 * step can cut off is a corner where three cells meet, and those are neighbours anyway). Two directions of one street
 * count once. Motorways are left out: one can't stop on them, and they divide rather than connect.
 * O(street length / step).
 */
export function streetLinks(roads: RoadGraph, lookup: AtomLookup, atomCount: number, stepMeters: number): StreetLinks {
  const sampleLon: number[] = [];
  const sampleLat: number[] = [];
  /** Distance to the next sample of the same street, 0 at its end. */
  const stepAfter: number[] = [];
  for (let edge = 0; edge < roads.edgeCount; edge++) {
    const reverse = roads.edgeReverse[edge];
    if (reverse !== NO_EDGE && reverse < edge) continue;
    if (roads.edgeRoadClass[edge] === MOTORWAY) continue;
    const last = roads.geometryOffset[edge + 1] - 1;
    for (let v = roads.geometryOffset[edge]; v < last; v++) {
      const [lon, lat] = [roads.geometryLon[v], roads.geometryLat[v]];
      const [nextLon, nextLat] = [roads.geometryLon[v + 1], roads.geometryLat[v + 1]];
      const meters = haversineDistanceMeters(lon, lat, nextLon, nextLat);
      const steps = Math.max(1, Math.ceil(meters / stepMeters));
      for (let i = 0; i < steps; i++) {
        sampleLon.push(lon + (i / steps) * (nextLon - lon));
        sampleLat.push(lat + (i / steps) * (nextLat - lat));
        stepAfter.push(meters / steps);
      }
    }
    sampleLon.push(roads.geometryLon[last]);
    sampleLat.push(roads.geometryLat[last]);
    stepAfter.push(0);
  }
  const atomOf = lookup.atomsOfPoints(Float64Array.from(sampleLon), Float64Array.from(sampleLat));
  const streetMeters = new Float64Array(atomCount);
  const links = new Set<number>();
  for (let i = 0; i + 1 < atomOf.length; i++) {
    if (stepAfter[i] === 0) continue;
    const [a, b] = [atomOf[i], atomOf[i + 1]];
    if (a !== NO_ATOM) streetMeters[a] += stepAfter[i] / 2;
    if (b !== NO_ATOM) streetMeters[b] += stepAfter[i] / 2;
    if (a !== b && a !== NO_ATOM && b !== NO_ATOM) links.add(Math.min(a, b) * atomCount + Math.max(a, b));
  }
  return { streetMeters, links };
}
