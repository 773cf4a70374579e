import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  ApiKeyViewSchema,
  ApiKeyWithSecretSchema,
  BureauQuerySchema,
  IdParamsSchema,
  NewApiKeySchema,
} from '@xunfang/geo-data/contract';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { actorOf, type ModuleDeps, problem } from '../platform/index.ts';
import type { apiKeysService } from './api-keys.service.ts';

const ApiKeyListSchema = Type.Object({ apiKeys: Type.Array(ApiKeyViewSchema) });
type Deps = ModuleDeps & { apiKeys: ReturnType<typeof apiKeysService> };

export const apiKeysRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { apiKeys }) => {
  app.get(
    '/api/api-keys',
    {
      config: { access: { roles: ['admin', 'auditor'], bureau: 'query' } },
      schema: {
        summary: 'API keys of the bureau',
        querystring: BureauQuerySchema,
        response: { 200: ApiKeyListSchema },
      },
    },
    async (request) => ({ apiKeys: await apiKeys.list(request.bureau.id) }),
  );

  app.post(
    '/api/api-keys',
    {
      config: { access: { roles: ['admin'], bureau: 'query' } },
      schema: {
        summary: 'Make an API key; it is shown once',
        querystring: BureauQuerySchema,
        body: NewApiKeySchema,
        response: { 201: ApiKeyWithSecretSchema },
      },
    },
    async (request, reply) => {
      const made = await apiKeys.create({ bureauId: request.bureau.id, ...request.body }, authorOf(request));
      return reply.code(201).header('cache-control', 'no-store').send(made);
    },
  );

  app.delete(
    '/api/api-keys/:id',
    {
      config: { access: { roles: ['admin'], bureau: 'owned' } },
      schema: { summary: 'Revoke an API key', params: IdParamsSchema, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      const row = await apiKeys.byId(request.params.id);
      if (row === undefined) return problem(404, 'NOT_FOUND');
      await request.requireBureau(row.bureauId);
      await apiKeys.revoke(row, authorOf(request));
      return reply.code(204).send(null);
    },
  );
};

function authorOf({ caller, ip }: FastifyRequest) {
  return { accountId: caller.kind === 'account' ? caller.accountId : null, actor: actorOf(caller), address: ip };
}
