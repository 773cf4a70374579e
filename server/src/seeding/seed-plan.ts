import { planLifecycleService, plansService } from '../beats/index.ts';
import type { Db, Workers } from '../platform/index.ts';
import { readBureau } from './dataset.ts';
import { seedingRepository } from './seeding.repository.ts';

const INSTALLATION = { actor: 'installation', address: null };
const DAY_MS = 86_400_000;

/** Designs the bureau's first plan from its incidents and puts it in force from a day before the first of them. */
export async function seedPlan(
  { db, workers, now }: { db: Db; workers: Workers; now: () => Date },
  slug: string,
  bureauId: number,
): Promise<void> {
  const repository = seedingRepository(db);
  if (await repository.planExists(bureauId)) return;
  const { beats, zones } = await readBureau(slug);
  const first = (await repository.firstIncident(bureauId)) ?? now();
  const deps = { db, workers, now };
  const plan = await plansService(deps).design(bureauId, { name: `${zones}-${beats}`, beats, zones }, INSTALLATION);
  const from = new Date(Math.floor(first.getTime() / DAY_MS - 1) * DAY_MS);
  await planLifecycleService(deps).install(plan.summary.id, from, INSTALLATION);
}
