import { type BeatPlan, zoneOfAtom } from '@xunfang/geo-data/beats';

/** The zones of a plan as if they were its beats: to colour them. */
export function zonesAsBeats(plan: BeatPlan): BeatPlan {
  const zoneOfBeat = Uint16Array.from({ length: plan.zoneCount }, (_, zone) => zone);
  return { ...plan, beatCount: plan.zoneCount, beatOfAtom: zoneOfAtom(plan), zoneOfBeat };
}
