import { randomBytes } from 'node:crypto';
import { accountsService, apiKeysService } from '../../src/identity/index.ts';
import { SESSION_COOKIE } from '../../src/platform/index.ts';
import { createTestBureau } from '../../src/testing/test-bureau.ts';
import { hashDeviceKey } from '../../src/units/device-registry.ts';
import { addUnits } from '../../src/units/index.ts';
import { startBenchServer } from '../bench-server.ts';
import { serveOrders } from './child.ts';
import type { FanOutMode } from './consoles.ts';
import { broadcastJson } from './json-broadcast.ts';

export interface ServerAnswer {
  port: number;
  cookie: string;
  /** Of the gateway that reports for the bureau. */
  headers: Record<string, string>;
  cpuSeconds: number;
}
/** Makes a bureau of so many units, or says what the process has cost so far. */
export type ServerOrder = { bureau: string; units: number } | 'cost';

export const [LON, LAT] = [104.04, 30.64];
/** Nearly 60 km wide and high, 62 with the margin. */
const HALF_DEGREES = 0.27;
const ROWS_AT_ONCE = 4000;

if (process.argv[1] === import.meta.filename) await serve();

/** The whole server: HTTP, gate, quarantine, tracks, embedded PostgreSQL; with another way out beside ours when told so. */
async function serve(): Promise<void> {
  const mode = process.argv[2] as FanOutMode;
  const server = await startBenchServer((app) => mode !== 'frames' && broadcastJson(app, mode));
  const { db } = server.database;
  const password = `Aa1-${randomBytes(12).toString('base64url')}`;
  const now = () => new Date();
  const nobody = { accountId: null, actor: 'bench', address: null };
  await accountsService({ db, now }).create(
    { username: 'bench', displayName: 'bench', password, roles: [{ bureau: null, role: 'admin' }] },
    { actor: 'bench', address: null },
  );
  const answer = await fetch(`${server.baseUrl}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'bench', password }),
  });
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith(`${SESSION_COOKIE}=`)) ?? '';
  let headers: Record<string, string> = {};

  async function addBureau(slug: string, count: number): Promise<void> {
    const bureauId = await createTestBureau(db, { slug, lon: LON, lat: LAT, halfDegrees: HALF_DEGREES });
    for (let from = 0; from < count; from += ROWS_AT_ONCE) {
      const numbers = Array.from({ length: Math.min(ROWS_AT_ONCE, count - from) }, (_, i) => from + i);
      const car = { kind: 'car', forceLayer: 'armed_patrol', crew: 2 } as const;
      const units = await addUnits(
        db,
        bureauId,
        numbers.map((i) => ({ ...car, callSign: `B-${String(i).padStart(5, '0')}` })),
      );
      const devices = units.map(({ id, callSign }) => ({
        bureau_id: bureauId,
        identifier: `phone-${Number(callSign.slice(2))}`,
        unit_id: id,
        key_hash: hashDeviceKey(`${slug}-${callSign}`),
      }));
      await db.insertInto('device').values(devices).execute();
    }
    const { key } = await apiKeysService({ db, now }).create(
      { bureauId, name: slug, scopes: ['positions:write'] },
      nobody,
    );
    headers = { authorization: `Bearer ${key}` };
  }

  serveOrders(async (order: ServerOrder): Promise<ServerAnswer> => {
    if (order !== 'cost') await addBureau(order.bureau, order.units);
    const { user, system } = process.cpuUsage();
    return {
      port: Number(new URL(server.baseUrl).port),
      cookie: cookie.split(';')[0],
      headers,
      cpuSeconds: (user + system) / 1e6,
    };
  }, server.close);
}
