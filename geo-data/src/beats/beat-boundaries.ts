import { feature, featureCollection } from '@turf/turf';
import type { FeatureCollection, MultiPolygon } from 'geojson';
import { cellsToMultiPolygon } from 'h3-js';
import { cellsToHex } from '../geometry/index.ts';
import type { AtomSet } from './atom-set.ts';
import { clipOutline } from './clip-outline.ts';
import { assertPlanFits, type BeatPlan, zoneOfAtom } from './plan.ts';

export interface BoundaryProperties {
  level: 'beat' | 'zone';
  /** Number of the beat or zone, from 0. */
  area: number;
  /** Zone of the beat, or the zone itself. */
  zone: number;
}

/**
 * The outlines of beats, or of zones, derived from their atoms and clipped to the bureau: one MultiPolygon per area, in the order
 * of numbers, areas without atoms left out. Neighbours share their vertices. O(cells) and, for areas at the bureau's edge,
 * O(v log v) in the vertices of outline and boundary.
 */
export function beatBoundaries(request: {
  atoms: AtomSet;
  plan: BeatPlan;
  level?: 'beat' | 'zone';
}): FeatureCollection<MultiPolygon, BoundaryProperties> {
  const { atoms, plan, level = 'beat' } = request;
  assertPlanFits(atoms, plan);
  const areaOf = level === 'beat' ? plan.beatOfAtom : zoneOfAtom(plan);
  const areaCount = level === 'beat' ? plan.beatCount : plan.zoneCount;
  const cellsOfArea = Array.from({ length: areaCount }, () => [] as string[]);
  const clippedArea = new Uint8Array(areaCount);
  for (const [atom, cell] of cellsToHex(atoms.cells).entries()) {
    cellsOfArea[areaOf[atom]]?.push(cell);
    if (areaOf[atom] < areaCount) clippedArea[areaOf[atom]] |= atoms.clipped[atom];
  }
  const features = cellsOfArea.flatMap((cells, area) => {
    if (cells.length === 0) return [];
    const whole: MultiPolygon = { type: 'MultiPolygon', coordinates: cellsToMultiPolygon(cells, true) };
    const zone = level === 'beat' ? plan.zoneOfBeat[area] : area;
    const geometry = clippedArea[area] === 1 ? clipOutline(whole, atoms.boundary) : whole;
    return [feature(geometry, { level, area, zone } satisfies BoundaryProperties)];
  });
  return featureCollection(features);
}
