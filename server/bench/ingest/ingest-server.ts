import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { apiKeysService } from '../../src/identity/index.ts';
import { loadConfig } from '../../src/platform/index.ts';
import { createTestApp, createTestBureau } from '../../src/testing/index.ts';
import { hashDeviceKey } from '../../src/units/device-registry.ts';
import { addUnits } from '../../src/units/index.ts';
import { codeOf, phoneOf } from '../jt808-load.ts';

export const [LON, LAT] = [104.04, 30.64];
/** North by a metre each second. */
export const latAt = (second: number) => LAT + second * 1e-5;

export interface IngestServer {
  httpPort: number;
  jt808Port: number;
  /** Of a gateway of the bureau. */
  headers: Record<string, string>;
  /** Waits until so many fixes are in the table, or half a minute. */
  stored(expected: number): Promise<number>;
  close(): Promise<void>;
}

/** The whole server on a database of its own, with so many devices: a terminal's number is its identifier, its code its key. */
export async function startIngestServer(devices: number): Promise<IngestServer> {
  let jt808Port = 0;
  const logger = pino(
    { level: 'info' },
    {
      write: (line: string) => {
        const { msg, port } = JSON.parse(line) as { msg: string; port?: number };
        if (msg === 'JT/T 808 gateway listening') jt808Port = port ?? 0;
      },
    },
  );
  const config = loadConfig({ JT808_PORT: '0', HOST: '127.0.0.1', REQUESTS_PER_MINUTE: '1000000' });
  const test = await createTestApp({ config, logger });
  const { db, sql } = test.database;
  const bureauId = await createTestBureau(db, { lon: LON, lat: LAT });
  const car = { kind: 'car', forceLayer: 'armed_patrol', crew: 2 } as const;
  const units = await addUnits(
    db,
    bureauId,
    Array.from({ length: devices }, (_, i) => ({ ...car, callSign: `B-${i}` })),
  );
  await db
    .insertInto('device')
    .values(
      units.map(({ id }, i) => ({
        bureau_id: bureauId,
        identifier: phoneOf(i),
        unit_id: id,
        key_hash: hashDeviceKey(codeOf(i)),
      })),
    )
    .execute();
  const { key } = await apiKeysService({ db, now: () => new Date() }).create(
    { bureauId, name: 'gateway', scopes: ['positions:write'] },
    { accountId: null, actor: 'bench', address: null },
  );
  await test.app.listen({ port: 0, host: '127.0.0.1' });
  const httpPort = (test.app.server.address() as AddressInfo).port;
  await untilTakenOver(httpPort);
  return {
    httpPort,
    jt808Port,
    headers: { authorization: `Bearer ${key}` },
    async stored(expected) {
      for (let tries = 0; ; tries++) {
        const [{ n }] = await sql<
          { n: number }[]
        >`SELECT count(*)::int AS n FROM track_point WHERE fixed_at > now() - interval '30 minutes'`;
        if (n >= expected || tries > 300) return n;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    close: test.close,
  };
}

/** The server takes over devices that were not made through it within seconds. */
async function untilTakenOver(port: number): Promise<void> {
  const url = `http://127.0.0.1:${port}/api/osmand/${codeOf(0)}?lat=${LAT}&lon=${LON}&timestamp=${Date.now() - 3_600_000}`;
  for (let tries = 0; tries < 100; tries++) {
    const answer = await fetch(url, { method: 'POST' });
    if (answer.ok && (await answer.text()).includes('live')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The devices were not taken over.');
}
