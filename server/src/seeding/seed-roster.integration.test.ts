import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorkers, loadConfig } from '../platform/index.ts';
import { createTestApp, createTestBureau, type TestApp } from '../testing/index.ts';
import { addUnits, devicesService } from '../units/index.ts';
import { seedSimulator } from './seed-roster.ts';

let test: TestApp;
let dataDir: string;
const workers = createWorkers(1);
beforeAll(async () => {
  test = await createTestApp();
  dataDir = await mkdtemp(join(tmpdir(), 'xunfang-seed-'));
});
afterAll(async () => {
  await test.close();
  await workers.close();
  await rm(dataDir, { recursive: true, force: true });
});

it('leaves a device alone that somebody enrolled for a simulated unit', async () => {
  const { db } = test.database;
  const bureauId = await createTestBureau(db, { slug: 'east' });
  const unit = { kind: 'car', forceLayer: 'armed_patrol', crew: 2, simulated: true } as const;
  const [{ id: unitId }] = await addUnits(db, bureauId, [{ ...unit, callSign: 'S-1' }]);
  const seed = async () => {
    const context = { config: { ...loadConfig({}), dataDir }, db, workers, now: () => new Date() };
    await seedSimulator(context, 'east', { id: bureauId, timeZone: 'Asia/Shanghai' });
    return readFile(join(dataDir, 'simulator.json'), 'utf8');
  };
  const first = await seed();
  const order = { bureauId, identifier: 'a-phone', unitId, actor: 'test' };
  const { device } = await devicesService(db).register(order);
  expect(await seed()).toBe(first);
  expect((await devicesService(db).byId(device.id))?.device.revoked).toBe(false);
});
