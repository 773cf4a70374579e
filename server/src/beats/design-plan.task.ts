import { BeatDesignError, colourOfBeat, designBeats, planFigures } from '@xunfang/geo-data/beats';
import { cellsToBigInts } from '@xunfang/geo-data/geometry';
import { areaName } from './area-name.ts';
import { atomSetFrom, refuseTooManyAtoms } from './atom-set-from.ts';
import { describeAreas } from './describe-areas.ts';
import type { AreaLabel, DesignedPlan, DesignOrder, DesignOutcome } from './plan-design.ts';
import { workloadOfLoad } from './workload-of-load.ts';
import { zonesAsBeats } from './zones-as-beats.ts';

export async function run(order: DesignOrder): Promise<DesignOutcome> {
  const refused = refuseTooManyAtoms(order);
  if (refused !== null) return { refused };
  try {
    return { plan: await designPlan(order) };
  } catch (error) {
    if (error instanceof BeatDesignError) return { refused: { code: error.code, params: { ...error.params } } };
    throw error;
  }
}

async function designPlan(order: DesignOrder): Promise<DesignedPlan> {
  const atoms = await atomSetFrom(order);
  const { workload, incidents } = workloadOfLoad(atoms, order.load);
  const { beats, zones, seed, tolerance } = order;
  const { plan, maxDeviation } = designBeats({ atoms, workload, beats, zones, seed, tolerance });
  const figures = planFigures({ atoms, plan, workload, incidents });
  const label = (level: 'beat' | 'zone', colours: Uint8Array): AreaLabel[] =>
    Array.from(colours, (colour, index) => ({ number: index + 1, name: areaName(level, index + 1), colour }));
  const beatLabels = label('beat', colourOfBeat({ atoms, plan }));
  const zoneLabels = label('zone', colourOfBeat({ atoms, plan: zonesAsBeats(plan) }));
  return {
    ...describeAreas({ atoms, plan, figures, beats: beatLabels, zones: zoneLabels }),
    cells: cellsToBigInts(atoms.cells),
    beatNumbers: plan.beatOfAtom.map((beat) => beat + 1),
    incidentCount: incidents.reduce((sum, count) => sum + count, 0),
    worstDeviation: maxDeviation,
  };
}
