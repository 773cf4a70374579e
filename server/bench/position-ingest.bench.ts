import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import type { Bench, BenchRow } from '../../geo-data/bench/bench.ts';
import { postAll } from './http-load.ts';
import { type IngestServer, LAT, LON, startIngestServer } from './ingest/ingest-server.ts';
import {
  batches,
  fixes,
  gb28181Item,
  jsonItem,
  osmAndPost,
  ownTracksPost,
  type Post,
} from './ingest/protocol-messages.ts';
import { startTerminals } from './jt808-load.ts';
import { withTestPostgres } from './with-test-postgres.ts';

const DEVICES = 2000;
const FIXES = 60_000;
const CONNECTIONS = 64;
const GOAL_FIXES_PER_SECOND = 2000;
const BATCH_SIZE = 500;
const BATCH_FIXES = 400_000;
const BATCH_CONNECTIONS = 4;
const WARM_UP_BATCHES = 80;
const GOAL_BATCH_FIXES_PER_SECOND = 20_000;

export const bench: Bench = { name: 'position ingest', run: () => withTestPostgres(run) };

/** Fixes a second through each protocol to live and to disk, the load on the same cores; beside a route that does nothing. */
async function run(): Promise<BenchRow[]> {
  const bare = await bareRoute();
  return [
    await onFresh((server) => oneByOne(server, 'OsmAnd over HTTP', osmAndPost, bare)),
    await onFresh((server) => oneByOne(server, 'OwnTracks over HTTP', ownTracksPost, bare)),
    await onFresh((server) => inBatches(server, 'JSON', '/api/positions', jsonItem, GOAL_BATCH_FIXES_PER_SECOND)),
    await onFresh((server) => inBatches(server, 'GB/T 28181', '/api/gb28181/positions', gb28181Item)),
    await onFresh(overJt808),
  ];
}

async function onFresh(work: (server: IngestServer) => Promise<BenchRow>): Promise<BenchRow> {
  const server = await startIngestServer(DEVICES);
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

async function oneByOne(
  { httpPort: port, stored }: IngestServer,
  protocol: string,
  postOf: (fix: { device: number; second: number; timeMs: number }) => Post,
  bare: number,
): Promise<BenchRow> {
  const posts = [...fixes(FIXES, DEVICES, Date.now() - 1000)].map(postOf);
  const { ok, other, seconds } = await postAll({ port, connections: CONNECTIONS, posts });
  const inTable = await stored(FIXES);
  const perSecond = ok / seconds;
  return {
    what: `${protocol}: fixes a second, ${DEVICES} devices, ${CONNECTIONS} connections`,
    ours: perSecond.toFixed(0),
    peer: `${bare.toFixed(0)} (empty Fastify route)`,
    ratio: `${(perSecond / bare).toFixed(2)}×`,
    goal: `≥ ${GOAL_FIXES_PER_SECOND} (every unit once a second)`,
    met: perSecond >= GOAL_FIXES_PER_SECOND && other === 0 && inTable === FIXES,
    note: `${inTable} of ${FIXES} stored, ${other} refused`,
  };
}

async function bareRoute(): Promise<number> {
  const app = Fastify();
  app.post('/api/osmand/:deviceKey', async () => ({ outcomes: ['live'] }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const posts = [...fixes(FIXES, DEVICES, Date.now())].map(osmAndPost);
  const { ok, seconds } = await postAll({ port, connections: CONNECTIONS, posts });
  await app.close();
  return ok / seconds;
}

/** The same devices behind a gateway that sends what it has in lists. */
async function inBatches(
  { httpPort: port, headers, stored }: IngestServer,
  protocol: string,
  path: string,
  itemOf: typeof jsonItem | typeof gb28181Item,
  goal?: number,
): Promise<BenchRow> {
  const posts = [...batches(path, itemOf, fixes(BATCH_FIXES, DEVICES, Date.now() - 1000), BATCH_SIZE)];
  const order = { port, connections: BATCH_CONNECTIONS, headers };
  // The first ones compile the code that the others run.
  await postAll({ ...order, posts: posts.slice(0, WARM_UP_BATCHES) });
  const { ok, other, seconds } = await postAll({ ...order, posts: posts.slice(WARM_UP_BATCHES) });
  const perSecond = (ok * BATCH_SIZE) / seconds;
  const inTable = await stored(BATCH_FIXES);
  const complete = other === 0 && inTable === BATCH_FIXES;
  return {
    what: `${protocol}: fixes a second in batches of ${BATCH_SIZE}, ${DEVICES} devices, ${BATCH_CONNECTIONS} connections`,
    ours: perSecond.toFixed(0),
    ...(goal === undefined ? {} : { goal: `≥ ${goal}` }),
    met: complete && perSecond >= (goal ?? 0),
    note: `${inTable} of ${BATCH_FIXES} stored, ${other} batches refused`,
  };
}

/** Terminals that send their next position as soon as the last was answered. */
async function overJt808({ jt808Port: port, stored }: IngestServer): Promise<BenchRow> {
  const perTerminal = FIXES / DEVICES;
  const terminals = await startTerminals({ port, terminals: DEVICES, intervalMs: 0, seconds: 0, lon: LON, lat: LAT });
  try {
    const { authenticated } = await terminals.connect();
    const { answered, refused, seconds } = await terminals.flood(perTerminal);
    const inTable = await stored(FIXES);
    return {
      what: `JT/T 808: fixes a second, ${DEVICES} terminals, each waiting for its reply`,
      ours: (answered / seconds).toFixed(0),
      goal: `≥ ${GOAL_FIXES_PER_SECOND} (every unit once a second)`,
      met:
        authenticated === DEVICES &&
        answered === FIXES &&
        inTable === FIXES &&
        answered / seconds >= GOAL_FIXES_PER_SECOND,
      note: `${inTable} of ${FIXES} stored, ${refused} refused`,
    };
  } finally {
    terminals.stop();
  }
}
