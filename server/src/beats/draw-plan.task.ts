import { planFigures } from '@xunfang/geo-data/beats';
import { cellsToBigInts } from '@xunfang/geo-data/geometry';
import { describeAreas } from './describe-areas.ts';
import type { DrawingOrder, DrawnPlan } from './plan-design.ts';
import { workloadOfLoad } from './workload-of-load.ts';

export function run({ atoms, plan, beats, zones, load }: DrawingOrder): DrawnPlan {
  const { workload, incidents } = workloadOfLoad(atoms, load);
  const figures = planFigures({ atoms, plan, workload, incidents });
  return {
    ...describeAreas({ atoms, plan, figures, beats, zones }),
    cells: cellsToBigInts(atoms.cells),
    // UNASSIGNED has no label: 0.
    beatNumbers: plan.beatOfAtom.map((beat) => beats[beat]?.number ?? 0),
  };
}
