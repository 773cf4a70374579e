import { readFile } from 'node:fs/promises';
import {
  type AtomSet,
  BeatDesignError,
  type BeatPlan,
  type BureauBoundary,
  beatBoundaries,
  colourOfBeat,
  createAtomLookup,
  createAtomSet,
  designBeats,
  labelPoint,
  type PlanFigures,
  planFigures,
  workloadPerAtom,
  zoneOfAtom,
} from '@xunfang/geo-data/beats';
import type { AreaFigures } from '@xunfang/geo-data/contract';
import { bigIntsToCells, cellsToBigInts, polygonAreaSquareMeters } from '@xunfang/geo-data/geometry';
import { buildRoadGraph, type RoadEdgeCollection } from '@xunfang/geo-data/streets';
import type { MultiPolygon, Polygon } from 'geojson';
import { getHexagonAreaAvg } from 'h3-js';
import { areaName } from './area-name.ts';
import type { CellLoad, DesignedArea, DesignedPlan, DesignOrder, DesignOutcome } from './plan-design.ts';

/** Beyond this a design takes minutes; nobody walks a beat of a thousand atoms. */
const MOST_ATOMS = 20_000;
/** What an incident of priority 1 to 4 weighs in the workload: the graver, the longer it binds a unit. */
const WEIGHT_OF_PRIORITY = [0, 2, 1.5, 1, 0.75];

export async function run(order: DesignOrder): Promise<DesignOutcome> {
  const expected = expectedAtoms(order);
  if (expected > MOST_ATOMS)
    return { refused: { code: 'TOO_MANY_ATOMS', params: { atoms: expected, most: MOST_ATOMS } } };
  try {
    return { plan: await designPlan(order) };
  } catch (error) {
    if (error instanceof BeatDesignError) return { refused: { code: error.code, params: { ...error.params } } };
    throw error;
  }
}

function expectedAtoms({ boundary, resolution }: DesignOrder): number {
  return Math.round(polygonAreaSquareMeters(boundary as Polygon | MultiPolygon) / getHexagonAreaAvg(resolution, 'm2'));
}

async function designPlan(order: DesignOrder): Promise<DesignedPlan> {
  const roads =
    order.roadsFile === null
      ? undefined
      : buildRoadGraph(JSON.parse(await readFile(order.roadsFile, 'utf8')) as RoadEdgeCollection);
  const atoms = createAtomSet({
    boundary: order.boundary as BureauBoundary,
    resolution: order.resolution,
    ...(roads ? { roads } : {}),
  });
  const points = incidentsAtAtoms(atoms, order.load);
  const { workload, incidents } = workloadPerAtom({ atoms, ...points });
  const { beats, zones, seed, tolerance } = order;
  const { plan, maxDeviation } = designBeats({ atoms, workload, beats, zones, seed, tolerance });
  const figures = planFigures({ atoms, plan, workload, incidents });
  return {
    ...describeAreas(atoms, plan, figures),
    cells: cellsToBigInts(atoms.cells),
    beatNumbers: plan.beatOfAtom.map((beat) => beat + 1),
    incidentCount: incidents.reduce((sum, count) => sum + count, 0),
    worstDeviation: maxDeviation,
  };
}

/**
 * Every incident as a point at the centroid of its atom. An incident belongs to the beat of its H3 cell, here as at its intake;
 * with its own coordinates the two would differ for a few points at the edges of cells.
 */
function incidentsAtAtoms(
  atoms: AtomSet,
  load: CellLoad,
): { lon: Float64Array; lat: Float64Array; weight: Float64Array } {
  const atomOfRow = createAtomLookup(atoms).atomsOfCells(bigIntsToCells(load.cell));
  const total = load.count.reduce((sum, count, row) => sum + (atomOfRow[row] < atoms.count ? count : 0), 0);
  const points = { lon: new Float64Array(total), lat: new Float64Array(total), weight: new Float64Array(total) };
  let next = 0;
  for (const [row, atom] of atomOfRow.entries()) {
    if (atom >= atoms.count) continue;
    const end = next + load.count[row];
    points.lon.fill(atoms.lon[atom], next, end);
    points.lat.fill(atoms.lat[atom], next, end);
    points.weight.fill(WEIGHT_OF_PRIORITY[load.priority[row]], next, end);
    next = end;
  }
  return points;
}

function describeAreas(atoms: AtomSet, plan: BeatPlan, figures: PlanFigures): Pick<DesignedPlan, 'zones' | 'beats'> {
  const asBeats: BeatPlan = {
    ...plan,
    beatCount: plan.zoneCount,
    beatOfAtom: zoneOfAtom(plan),
    zoneOfBeat: oneToOne(plan.zoneCount),
  };
  const describe = (level: 'zone' | 'beat', colours: Uint8Array): DesignedArea[] =>
    beatBoundaries({ atoms, plan, level }).features.map(({ geometry, properties: { area, zone } }) => ({
      number: area + 1,
      zoneNumber: zone + 1,
      name: areaName(level, area + 1),
      colour: colours[area],
      labelAt: labelPoint(geometry),
      boundary: rounded(geometry),
      figures: figuresOf(level === 'zone' ? figures.zones : figures.beats, area),
    }));
  return {
    zones: describe('zone', colourOfBeat({ atoms, plan: asBeats })),
    beats: describe('beat', colourOfBeat({ atoms, plan })),
  };
}

const oneToOne = (count: number) => Uint16Array.from({ length: count }, (_, index) => index);

/** Seven decimals are a centimetre. */
function rounded({ coordinates }: MultiPolygon): MultiPolygon {
  const digits = (value: number) => Math.round(value * 1e7) / 1e7;
  return {
    type: 'MultiPolygon',
    coordinates: coordinates.map((rings) => rings.map((ring) => ring.map((position) => position.map(digits)))),
  };
}

function figuresOf(columns: PlanFigures['beats'], area: number): AreaFigures {
  // As computed: whoever shows a figure rounds it, once.
  return {
    workload: columns.workload[area],
    deviation: columns.deviation[area],
    areaKm2: columns.areaKm2[area],
    perimeterKm: columns.perimeterKm[area],
    compactness: columns.compactness[area],
    incidents: columns.incidents[area],
    streetKm: columns.streetKm[area],
    atoms: columns.atoms[area],
  };
}
