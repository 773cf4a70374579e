import {
  BureauQuerySchema,
  DraftChecksSchema,
  DraftEditAnswerSchema,
  DraftEditBatchSchema,
  DraftHistorySchema,
  DraftSchema,
  IdParamsSchema,
} from '@xunfang/geo-data/contract';
import Type from 'typebox';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { doerOf, type Realtime } from '../platform/index.ts';
import { changeOwned, readOwned } from './plan-access.ts';
import { draftsService } from './drafts.service.ts';
import type { PlansDeps } from './plans.service.ts';
import { plansService } from './plans.service.ts';

const MOST_HISTORY = 1_000;

/** What the beat studio asks for and sends. */
export const draftRoutes: FastifyPluginAsyncTypebox<PlansDeps & { realtime: Realtime }> = async (app, deps) => {
  const { realtime } = deps;
  const drafts = draftsService(deps);
  const { ownerOf } = plansService(deps);

  realtime.drafts.serve({ find: (id) => drafts.find(id), left: (id, author) => drafts.left(id, author) });

  app.get(
    '/api/drafts/:id',
    {
      config: { access: readOwned },
      schema: {
        summary: 'A plan as the studio edits it: its areas by key. The columns are asked for apart.',
        params: IdParamsSchema,
        response: { 200: DraftSchema },
      },
    },
    async (request) => {
      await request.requireBureau(await ownerOf(request.params.id));
      return drafts.byId(request.params.id);
    },
  );

  app.get(
    '/api/drafts/:id/columns',
    {
      config: { access: readOwned },
      schema: {
        summary: 'Atoms, their neighbours, the assignment and what workload is made of, as one column block.',
        params: IdParamsSchema,
      },
    },
    async (request, reply) => {
      await request.requireBureau(await ownerOf(request.params.id));
      return reply.type('application/octet-stream').send(Buffer.from(await drafts.columns(request.params.id)));
    },
  );

  app.get(
    '/api/drafts/:id/edits',
    {
      config: { access: readOwned },
      schema: {
        summary: 'The history from a revision on, oldest first, a page at a time.',
        params: IdParamsSchema,
        querystring: Type.Interface([BureauQuerySchema], {
          after: Type.Optional(Type.Integer({ minimum: 0 })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_HISTORY })),
        }),
        response: { 200: DraftHistorySchema },
      },
    },
    async (request) => {
      await request.requireBureau(await ownerOf(request.params.id));
      const { after = 0, limit = MOST_HISTORY } = request.query;
      return drafts.history(request.params.id, after, limit);
    },
  );

  app.post(
    '/api/drafts/:id/edits',
    {
      config: { access: changeOwned },
      schema: {
        summary: 'Edits in the order they were made. Each is kept before the answer; sent again it counts once.',
        params: IdParamsSchema,
        body: DraftEditBatchSchema,
        response: { 200: DraftEditAnswerSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      await request.requireBureau(await ownerOf(id));
      const { answer, stored } = await drafts.edit(id, request.body, doerOf(request));
      realtime.drafts.tell(id, stored);
      return answer;
    },
  );

  app.get(
    '/api/drafts/:id/checks',
    {
      config: { access: readOwned },
      schema: {
        summary: 'What keeps the draft from being submitted, with its place, and what is worth knowing.',
        params: IdParamsSchema,
        response: { 200: DraftChecksSchema },
      },
    },
    async (request) => {
      await request.requireBureau(await ownerOf(request.params.id));
      return drafts.checks(request.params.id);
    },
  );
};
