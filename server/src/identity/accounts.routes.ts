import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { AccountChangeSchema, AccountSchema, IdParamsSchema, NewAccountSchema } from '@xunfang/geo-data/contract';
import Type from 'typebox';
import { type AccountCaller, doerOf, type ModuleDeps } from '../platform/index.ts';
import type { AccountsService } from './accounts.service.ts';

const AccountListSchema = Type.Object({ accounts: Type.Array(AccountSchema) });

export const accountsRoutes: FastifyPluginAsyncTypebox<ModuleDeps & { accounts: AccountsService }> = async (
  app,
  deps,
) => {
  const { accounts, realtime } = deps;

  app.get(
    '/api/accounts',
    {
      config: { access: { roles: ['admin', 'auditor'], bureau: 'none' } },
      schema: { summary: 'Accounts within reach', response: { 200: AccountListSchema } },
    },
    async (request) => ({ accounts: await accounts.list(request.caller as AccountCaller) }),
  );

  app.post(
    '/api/accounts',
    {
      config: { access: { roles: ['admin'], bureau: 'none' } },
      schema: { summary: 'Make an account', body: NewAccountSchema, response: { 201: AccountSchema } },
    },
    async (request, reply) => {
      const author = doerOf(request);
      const account = await accounts.create(request.body, author, request.caller as AccountCaller);
      return reply.code(201).send(account);
    },
  );

  app.patch(
    '/api/accounts/:id',
    {
      config: { access: { roles: ['admin'], bureau: 'none' } },
      schema: {
        summary: 'Change an account; a new password, new roles or disabling ends its sessions',
        params: IdParamsSchema,
        body: AccountChangeSchema,
        response: { 200: AccountSchema },
      },
    },
    async (request) => {
      const author = doerOf(request);
      const { id } = request.params;
      const { account, sessionsEnded } = await accounts.change(
        id,
        request.body,
        author,
        request.caller as AccountCaller,
      );
      if (sessionsEnded) realtime.disconnectAccount(id);
      return account;
    },
  );
};
