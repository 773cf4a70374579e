import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Db } from '../database/open-database.ts';
import type { Metrics } from '../metrics.ts';
import type { Realtime } from '../realtime/realtime.ts';
import { problem } from './problem.ts';

/** For the machinery around the product: is the process alive, can it serve, how is it doing. */
export function registerHealth(app: FastifyInstance, deps: { db: Db; metrics: Metrics; realtime: Realtime }): void {
  const { metrics } = deps;
  app.get('/healthz', { config: { access: { public: true } }, schema: { hide: true } }, () => ({ ok: true }));
  app.get('/readyz', { config: { access: { public: true } }, schema: { hide: true } }, async () => {
    await sql`SELECT 1`.execute(deps.db).catch(() => problem(503, 'DATABASE_DOWN'));
    return { ok: true };
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
