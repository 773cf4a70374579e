import { type AtomSet, type BeatPlan, beatBoundaries, labelPoint, type PlanFigures } from '@xunfang/geo-data/beats';
import type { AreaFigures } from '@xunfang/geo-data/contract';
import type { MultiPolygon } from 'geojson';
import type { AreaLabel, DesignedArea, DrawnPlan } from './plan-design.ts';

/** Outlines, places of labels and figures of a plan's areas; areas without atoms are left out. Takes tenths of a second: for a worker. */
export function describeAreas(request: {
  atoms: AtomSet;
  plan: BeatPlan;
  figures: PlanFigures;
  beats: readonly AreaLabel[];
  zones: readonly AreaLabel[];
}): Pick<DrawnPlan, 'zones' | 'beats'> {
  const { atoms, plan, figures, beats, zones } = request;
  const describe = (level: 'zone' | 'beat'): DesignedArea[] => {
    const labels = level === 'zone' ? zones : beats;
    return beatBoundaries({ atoms, plan, level }).features.map(({ geometry, properties: { area, zone } }) => ({
      number: labels[area].number,
      zoneNumber: zones[zone].number,
      name: labels[area].name,
      colour: labels[area].colour,
      labelAt: labelPoint(geometry),
      boundary: rounded(geometry),
      figures: figuresOf(level === 'zone' ? figures.zones : figures.beats, area),
    }));
  };
  return { zones: describe('zone'), beats: describe('beat') };
}

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
