import type { AtomGraph } from './atom-set.ts';
import { assertPlanFits, type BeatPlan, UNASSIGNED, zoneOfAtom } from './plan.ts';

/** Figures of areas in columns, one entry per area. */
export interface AreaFigures {
  workload: Float64Array;
  /** (workload − mean) / mean over areas of this kind; for zones of the workload per beat. 0 when there is no workload. */
  deviation: Float64Array;
  areaKm2: Float64Array;
  /** Length of the outline on the ground: along other areas and along the bureau's boundary. */
  perimeterKm: Float64Array;
  /** Polsby-Popper: 4π · area / perimeter², 1 for a disc. */
  compactness: Float64Array;
  incidents: Uint32Array;
  streetKm: Float64Array;
  atoms: Uint32Array;
}

export interface PlanFigures {
  beats: AreaFigures;
  zones: AreaFigures;
}

/**
 * What explains a plan, per beat and per zone. Needs no polygons: the atoms know their areas and edges, so this is quick enough
 * to run at every stroke of an edit. O(atoms + neighbours). Throws a RangeError when columns and plan do not fit.
 */
export function planFigures(request: {
  atoms: AtomGraph;
  plan: BeatPlan;
  workload: Float64Array;
  /** Incidents per atom; none when absent. */
  incidents?: Uint32Array;
}): PlanFigures {
  const { atoms, plan, workload, incidents } = request;
  assertPlanFits(atoms, plan);
  for (const [name, column] of Object.entries({ workload, incidents })) {
    if (column !== undefined && column.length !== atoms.count) {
      throw new RangeError(`The column ${name} has ${column.length} values, expected ${atoms.count}.`);
    }
  }
  const beatsOfZone = new Float64Array(plan.zoneCount);
  for (const zone of plan.zoneOfBeat) if (zone !== UNASSIGNED) beatsOfZone[zone]++;
  const oneEach = new Float64Array(plan.beatCount).fill(1);
  return {
    beats: areaFigures(atoms, plan.beatOfAtom, plan.beatCount, workload, incidents, oneEach),
    zones: areaFigures(atoms, zoneOfAtom(plan), plan.zoneCount, workload, incidents, beatsOfZone),
  };
}

function areaFigures(
  atoms: AtomGraph,
  areaOf: Uint16Array,
  areaCount: number,
  workload: Float64Array,
  incidents: Uint32Array | undefined,
  beatsOfArea: Float64Array,
): AreaFigures {
  const figures: AreaFigures = {
    workload: new Float64Array(areaCount),
    deviation: new Float64Array(areaCount),
    areaKm2: new Float64Array(areaCount),
    perimeterKm: new Float64Array(areaCount),
    compactness: new Float64Array(areaCount),
    incidents: new Uint32Array(areaCount),
    streetKm: new Float64Array(areaCount),
    atoms: new Uint32Array(areaCount),
  };
  for (let atom = 0; atom < atoms.count; atom++) {
    const area = areaOf[atom];
    if (area === UNASSIGNED) continue;
    figures.workload[area] += workload[atom];
    figures.areaKm2[area] += atoms.areaKm2[atom];
    figures.streetKm[area] += atoms.streetMeters[atom] / 1000;
    figures.incidents[area] += incidents?.[atom] ?? 0;
    figures.atoms[area]++;
    let outlineMeters = atoms.outerEdgeMeters[atom];
    for (let e = atoms.neighbourOffset[atom]; e < atoms.neighbourOffset[atom + 1]; e++) {
      if (areaOf[atoms.neighbour[e]] !== area) outlineMeters += atoms.sharedEdgeMeters[e];
    }
    figures.perimeterKm[area] += outlineMeters / 1000;
  }
  const beats = beatsOfArea.reduce((sum, count) => sum + count, 0);
  const mean = figures.workload.reduce((sum, work) => sum + work, 0) / Math.max(1, beats);
  for (let area = 0; area < areaCount; area++) {
    const perBeat = figures.workload[area] / Math.max(1, beatsOfArea[area]);
    figures.deviation[area] = mean > 0 ? (perBeat - mean) / mean : 0;
    const squareKm2 = figures.perimeterKm[area] ** 2;
    figures.compactness[area] = squareKm2 > 0 ? (4 * Math.PI * figures.areaKm2[area]) / squareKm2 : 0;
  }
  return figures;
}
