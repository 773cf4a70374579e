import type { PlanSummary, SimulationOrder } from '@xunfang/geo-data/contract';
import { usePlans } from '../../beats/index.ts';
import { periodOf } from '../../hotspots/index.ts';
import { useBureau } from '../../session/index.ts';
import type { StudioSession } from '../studio-session.ts';
import { useSimulation } from './simulation-store.ts';

/** The plans on the atoms of the draft. */
export function useCandidates(session: StudioSession): PlanSummary[] {
  const { data: plans = [] } = usePlans();
  return plans.filter(({ resolution }) => resolution === session.ground.atoms.resolution);
}

/** A is the plan in force unless chosen, B the draft that is open. */
export function useChosenPlans(session: StudioSession): { planA: number | null; planB: number } {
  const candidates = useCandidates(session);
  const draftId = session.draft.plan.id;
  const planB = useSimulation((state) => state.planB) ?? draftId;
  const others = candidates.filter(({ id }) => id !== planB);
  const planA =
    useSimulation((state) => state.planA) ?? (others.find(({ inForce }) => inForce) ?? others[0])?.id ?? null;
  return { planA, planB };
}

/** What would be asked for now; null as long as something is missing or wrong. */
export function useSimulationOrder(session: StudioSession): SimulationOrder | null {
  const bureau = useBureau();
  const { planA, planB } = useChosenPlans(session);
  const { period, from, to, category, sceneMinutes } = useSimulation();
  const window = periodOf(bureau, { period, from, to });
  const scene = Number(sceneMinutes);
  if (planA === null || planA === planB || window === null || !isSceneTime(scene)) return null;
  return { planA, planB, ...window, sceneMinutes: scene, ...(category === 0 ? {} : { categories: [category] }) };
}

export const isSceneTime = (minutes: number) => minutes >= 1 && minutes <= 240;
