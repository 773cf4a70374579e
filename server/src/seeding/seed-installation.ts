import type { Config, OpenDatabase, Workers } from '../platform/index.ts';
import { readBureau } from './dataset.ts';
import { demonstrationIncidents } from './demonstration-incidents.ts';
import { importChicago } from './import-chicago.ts';
import { incidentRows } from './incident-rows.ts';
import { seedBureau } from './seed-bureau.ts';
import { seedPlan } from './seed-plan.ts';
import { seedSimulator, seedUnits } from './seed-roster.ts';
import { copyIncidents, seedingRepository } from './seeding.repository.ts';
import { seedAccounts } from './sign-in.ts';

export interface SeedContext {
  config: Config;
  database: OpenDatabase;
  workers: Workers;
  now?: () => Date;
}

/** What is being done, for whoever watches; nothing is told of what was done before. */
export type SeedStep = 'bureaus' | 'demonstration-incidents' | 'chicago-incidents' | 'plans' | 'units' | 'accounts';

export const DEMONSTRATION_BUREAU = 'chengdu-wuhou';
const CHICAGO = 'chicago';
const DONE = 'seeding.complete';

/**
 * Fills a new installation: two sample bureaus with incidents, a plan each, units, accounts. Every part is done once, whole or not at
 * all; a start that was cut off goes on where it stopped. A finished seeding costs one query, and two when the simulator's keys are
 * looked after.
 */
export async function seedInstallation(
  context: SeedContext,
  onStep: (step: SeedStep) => void = () => {},
): Promise<void> {
  const { config, database, workers, now = () => new Date() } = context;
  const { db } = database;
  const repository = seedingRepository(db);
  if (!(await repository.isDone(DONE))) {
    onStep('bureaus');
    const wuhou = await seedBureau(db, DEMONSTRATION_BUREAU);
    const chicago = await seedBureau(db, CHICAGO);
    await seedDemonstrationIncidents(context, wuhou, onStep);
    await seedChicagoIncidents(context, chicago, onStep);
    onStep('plans');
    await Promise.all([
      seedPlan({ db, workers, now }, DEMONSTRATION_BUREAU, wuhou),
      seedPlan({ db, workers, now }, CHICAGO, chicago),
    ]);
    onStep('units');
    await seedUnits({ config, db, workers, now }, DEMONSTRATION_BUREAU, wuhou);
    onStep('accounts');
    await seedAccounts(config, db, [
      { slug: DEMONSTRATION_BUREAU, short: 'wuhou' },
      { slug: CHICAGO, short: 'chicago' },
    ]);
    await repository.markDone(DONE);
  }
  const { timeZone } = await readBureau(DEMONSTRATION_BUREAU);
  const demonstration = await repository.bureauId(DEMONSTRATION_BUREAU);
  if (demonstration === undefined) return;
  await seedSimulator({ config, db, workers, now }, DEMONSTRATION_BUREAU, { id: demonstration, timeZone });
}

async function seedDemonstrationIncidents(context: SeedContext, bureauId: number, onStep: (step: SeedStep) => void) {
  const { database, now = () => new Date() } = context;
  const mark = `seeding.${DEMONSTRATION_BUREAU}.incidents`;
  if (await seedingRepository(database.db).isDone(mark)) return;
  onStep('demonstration-incidents');
  const { timeZone } = await readBureau(DEMONSTRATION_BUREAU);
  const incidents = await demonstrationIncidents(DEMONSTRATION_BUREAU, timeZone, Math.floor(now().getTime() / 1000));
  const rows = incidentRows(incidents);
  await copyIncidents(database.sql, {
    bureauId,
    source: '演示数据 demonstration',
    actor: '演示数据 demonstration',
    mark,
    rows,
  });
}

async function seedChicagoIncidents(context: SeedContext, bureauId: number, onStep: (step: SeedStep) => void) {
  const repository = seedingRepository(context.database.db);
  const mark = `seeding.${CHICAGO}.incidents`;
  if (await repository.isDone(mark)) return;
  onStep('chicago-incidents');
  await importChicago(context, bureauId);
  await repository.markDone(mark);
}
