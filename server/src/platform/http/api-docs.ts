import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { SESSION_COOKIE } from '../access/caller.ts';

/** OpenAPI 3.1 from the very schemas that check the requests; the page and its assets come from this server. */
export async function registerApiDocs(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '巡防一张图 Xunfang',
        description:
          'Patrol planning and dispatch. Sessions by cookie with the header x-csrf-token on what changes something; machines by API key.',
        version,
        license: { name: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
          csrf: { type: 'apiKey', in: 'header', name: 'x-csrf-token' },
          apiKey: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const access = route.config?.access;
      const tag = /^\/api\/([a-z-]+)/.exec(url)?.[1];
      const documented = { ...schema, ...(tag && !schema?.tags ? { tags: [tag] } : {}) };
      if (access !== undefined && 'roles' in access) {
        documented.security = [{ session: [] }, ...(access.scopes ? [{ apiKey: [...access.scopes] }] : [])];
        documented.description = [schema?.description, `Roles: ${access.roles.join(', ')}.`].filter(Boolean).join(' ');
      }
      return { schema: documented, url };
    },
  });
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = Object.assign(route.config ?? {}, { access: { public: true } as const });
    });
    await scope.register(swaggerUi, {
      routePrefix: '/api/docs',
      staticCSP: {
        'default-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        // swagger-ui styles its own markup with attributes; its scripts are files of this server.
        'style-src': ["'self'", "'unsafe-inline'"],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
      uiConfig: { docExpansion: 'list', deepLinking: true, validatorUrl: null },
    });
  });
}
