import type { FastifyInstance } from 'fastify';
import { Gauge } from 'prom-client';
import type { DatabaseWatch } from '../database/database-watch.ts';
import type { Metrics } from '../metrics.ts';
import type { SharedRows } from '../redis/shared-rows.ts';
import type { Realtime } from '../realtime/realtime.ts';
import { problem } from './problem.ts';

interface HealthDeps {
  metrics: Metrics;
  realtime: Realtime;
  watch: DatabaseWatch;
  sharedRows: SharedRows;
}

/** For the machinery around the product: is the process alive, can it serve, how is it doing. */
export function registerHealth(app: FastifyInstance, deps: HealthDeps): void {
  const { metrics, watch, sharedRows } = deps;
  registerScaleGauges(metrics, watch, sharedRows);
  app.get('/healthz', { config: { access: { public: true } }, schema: { hide: true } }, () => ({ ok: true }));
  app.get('/readyz', { config: { access: { public: true } }, schema: { hide: true } }, () => {
    // The watch asks on a line of its own: neither a database that hangs nor a pool that is busy lets the balancer's question hang.
    if (!watch.ok()) problem(503, 'DATABASE_DOWN');
    // Without Redis a process serves on: to take it out of the balance would make it worse.
    return { ok: true, positions: sharedRows.state() };
  });
  app.get(
    '/metrics',
    {
      config: { access: { roles: ['admin'], scopes: ['metrics:read'], bureau: 'none', loopback: true } },
      schema: { hide: true },
    },
    async (_request, reply) => {
      metrics.connections.set(deps.realtime.connections());
      metrics.queuedBytes.set(deps.realtime.queuedBytes());
      metrics.cutOff.set(deps.realtime.cutOff());
      metrics.framesPassedOver.set(deps.realtime.framesPassedOver());
      return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
    },
  );
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.requestSeconds.observe(
      { method: request.method, route, status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    done();
  });
}

/** How this process stands with what it shares with the others. */
function registerScaleGauges({ registry }: Metrics, watch: DatabaseWatch, rows: SharedRows): void {
  const figures: [name: string, help: string, read: () => number][] = [
    ['xunfang_database_up', '1 while the database answers.', () => Number(watch.ok())],
    [
      'xunfang_redis_up',
      '1 while positions are shared; 0: no REDIS_URL, or Redis is away.',
      () => Number(rows.state() === 'shared'),
    ],
    ['xunfang_peers', 'Other processes heard of through Redis.', () => rows.peers()],
    ['xunfang_shared_rows_sent', 'Positions told to the other processes since the start.', () => rows.rowsSent()],
    [
      'xunfang_shared_rows_adopted',
      'Positions heard from the other processes since the start.',
      () => rows.rowsAdopted(),
    ],
  ];
  for (const [name, help, read] of figures) {
    const gauge: Gauge = new Gauge({ name, help, collect: () => gauge.set(read()), registers: [] });
    registry.registerMetric(gauge);
  }
}
