import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { Problem } from './problem.ts';

/** What every answer carries and every request must respect, whatever the module. */
export async function registerSecurity(app: FastifyInstance, config: Config): Promise<void> {
  await app.register(cookie);
  await app.register(helmet, {
    // The console's page sets its own policy (see console.ts); everything else may load nothing.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
    },
    // Both are ignored, with a warning in the browser, on plain http.
    hsts: config.secureCookies,
    crossOriginOpenerPolicy: config.secureCookies,
    originAgentCluster: config.secureCookies,
    referrerPolicy: { policy: 'no-referrer' },
  });
  await app.register(rateLimit, {
    global: true,
    max: config.requestsPerMinute,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, context) =>
      new Problem(context.statusCode, 'TOO_MANY_REQUESTS', { seconds: Math.ceil(context.ttl / 1000) }),
  });
}
