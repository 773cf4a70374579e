import type { FastifyInstance, FastifyRequest } from 'fastify';

/** One line for each answer. The route's pattern, not its address: addresses hold device keys and positions. */
export function registerRequestLog(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const caller = request.caller as FastifyRequest['caller'] | null;
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      account: caller?.kind === 'account' ? caller.accountId : undefined,
    };
    if (reply.statusCode >= 500) request.log.warn(line, 'answered');
    else request.log.info(line, 'answered');
    done();
  });
}
