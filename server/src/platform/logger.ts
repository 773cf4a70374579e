import { pino } from 'pino';
import type { Config } from './config.ts';

/** Lines of JSON, each with its request's id. Never cookies, keys, bodies; never where an officer is. */
export function createLogger(config: Pick<Config, 'logLevel'>) {
  return pino({
    level: config.logLevel,
    redact: { paths: ['*.password', '*.authorization', '*.cookie', '*.key'], censor: '…' },
    serializers: {
      // What Fastify itself may log of a request: not its address, which can hold a device key and a position.
      req: (request: { method: string; routeOptions?: { url?: string } }) => ({
        method: request.method,
        route: request.routeOptions?.url ?? null,
      }),
    },
  });
}
export type Logger = ReturnType<typeof createLogger>;
