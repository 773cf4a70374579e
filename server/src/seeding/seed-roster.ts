import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plansService, rosterUnits } from '../beats/index.ts';
import { apiKeysService } from '../identity/index.ts';
import type { Config, Db, Workers } from '../platform/index.ts';
import { addUnits, devicesService } from '../units/index.ts';
import { readPlaces, readUnits } from './dataset.ts';
import { DEMONSTRATION_SEED } from './demonstration-incidents.ts';
import { seedingRepository } from './seeding.repository.ts';
import { writePrivately } from './write-privately.ts';

/** What scripts/src/simulator reads; the address of the server comes by the environment. */
export interface SimulatorFile {
  bureau: string;
  apiKey: string;
  seed: number;
  timeZone: string;
  devices: { identifier: string; callSign: string; key: string; beatNumber?: number }[];
}

interface RosterContext {
  config: Config;
  db: Db;
  workers: Workers;
  now: () => Date;
}

const ACTOR = 'installation';
export const simulatorFile = (dataDir: string) => join(dataDir, 'simulator.json');

/** The units of the data set, each rostered to a beat of the plan in force; nothing when the bureau has units. */
export async function seedUnits(context: RosterContext, slug: string, bureauId: number): Promise<void> {
  const { db, workers, now } = context;
  if ((await seedingRepository(db).units(bureauId)).length > 0) return;
  const [units, places] = await Promise.all([readUnits(slug), readPlaces(slug)]);
  const { beats } = await plansService({ db, workers, now }).inForce(bureauId, now());
  const baseOf = new Map(places.map((place) => [place.id, place]));
  const beatOfUnit = rosterUnits(
    units.map(({ callSign, basePlaceId }, id) => {
      const base = baseOf.get(basePlaceId);
      if (base === undefined)
        throw new Error(`Unit ${callSign} is based at place ${basePlaceId}, which is not in places.json.`);
      return { id, near: [base.lon, base.lat] };
    }),
    beats,
  );
  const rostered = units.map(({ callSign, kind, forceLayer, crew }, id) => ({
    callSign,
    kind,
    forceLayer,
    crew,
    beatNumber: beatOfUnit.get(id) ?? null,
    simulated: true,
  }));
  await addUnits(db, bureauId, rostered);
}

/**
 * A device with a key for every simulated unit, and an API key for the calls. Keys are stored as hashes, so when the file that
 * holds them is gone, devices and key are made anew and the old ones revoked.
 */
export async function seedSimulator(
  { config, db, now }: RosterContext,
  slug: string,
  bureau: { id: number; timeZone: string },
): Promise<void> {
  const repository = seedingRepository(db);
  const units = await repository.units(bureau.id);
  // A phone that somebody enrolled for a simulated unit is not the simulator's to revoke.
  const devices = (await repository.devices(bureau.id)).filter(({ identifier }) =>
    identifier.startsWith(DEVICE_PREFIX),
  );
  const file = await readSimulatorFile(config.dataDir);
  const deviceOf = new Map(devices.map((device) => [device.unit_id, device]));
  const keyOf = new Map(file?.devices.map(({ identifier, key }) => [identifier, key]));
  const complete = units.every(({ id }) => keyOf.has(deviceOf.get(id)?.identifier ?? ''));
  if (file?.bureau === slug && complete) return;

  const service = devicesService(db);
  const generation = now().getTime().toString(36);
  const made: SimulatorFile['devices'] = [];
  for (const { id, call_sign, beat_number } of units) {
    const old = deviceOf.get(id);
    if (old) await service.revoke(bureau.id, old.id, ACTOR, null);
    const identifier = `${DEVICE_PREFIX}${generation}-${String(made.length + 1).padStart(2, '0')}`;
    const { key } = await service.register({ bureauId: bureau.id, identifier, unitId: id, actor: ACTOR });
    made.push({ identifier, callSign: call_sign, key, ...(beat_number === null ? {} : { beatNumber: beat_number }) });
  }
  const apiKeys = apiKeysService({ db, now });
  const author = { accountId: null, actor: ACTOR, address: null };
  for (const { id, name, revoked } of await apiKeys.list(bureau.id)) {
    const row = name === SIMULATOR_KEY && !revoked ? await apiKeys.byId(id) : undefined;
    if (row) await apiKeys.revoke(row, author);
  }
  const { key } = await apiKeys.create(
    { bureauId: bureau.id, name: SIMULATOR_KEY, scopes: ['incidents:read', 'incidents:write', 'plans:read'] },
    author,
  );
  const content: SimulatorFile = {
    bureau: slug,
    apiKey: key,
    seed: DEMONSTRATION_SEED,
    timeZone: bureau.timeZone,
    devices: made,
  };
  await writePrivately(simulatorFile(config.dataDir), `${JSON.stringify(content, null, 1)}\n`);
}

const DEVICE_PREFIX = 'sim-';
const SIMULATOR_KEY = '模拟器 simulator';

async function readSimulatorFile(dataDir: string): Promise<SimulatorFile | null> {
  const text = await readFile(simulatorFile(dataDir), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as SimulatorFile);
}
