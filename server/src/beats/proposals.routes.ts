import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  IdParamsSchema,
  ProposalAnswerSchema,
  ProposalOrderSchema,
  ProposedPlanSchema,
} from '@xunfang/geo-data/contract';
import Type from 'typebox';
import { doerOf, languageOf } from '../platform/index.ts';
import { changeOwned } from './plan-access.ts';
import type { PlansDeps } from './plans.service.ts';
import { plansService } from './plans.service.ts';
import { proposalsService } from './proposals.service.ts';
import './messages.proposals.ts';

/** The machine's proposals for a draft: asked for, looked at while they come, stopped. Taking one over is an edit like any other. */
export const proposalRoutes: FastifyPluginAsyncTypebox<PlansDeps> = async (app, deps) => {
  const { ownerOf } = plansService(deps);
  const proposals = proposalsService({
    ...deps,
    onError: (cause) => app.log.error({ err: cause }, 'a search for proposals failed'),
  });
  app.addHook('preClose', async () => proposals.stopAll());

  const answerTo = (request: { headers: { 'accept-language'?: string } }, draft: number) => ({
    run: proposals.view(draft, languageOf(request.headers['accept-language'])),
  });

  app.post(
    '/api/drafts/:id/proposals',
    {
      config: { access: changeOwned },
      schema: {
        summary: 'Begins a search for better plans, in the background; one at a time for each draft.',
        params: IdParamsSchema,
        body: ProposalOrderSchema,
        response: { 202: ProposalAnswerSchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await request.requireBureau(await ownerOf(id));
      await proposals.start(id, request.body, doerOf(request));
      return reply.code(202).send(answerTo(request, id));
    },
  );

  app.get(
    '/api/drafts/:id/proposals',
    {
      config: { access: changeOwned },
      schema: {
        summary: 'The search that is under way, else the last one: how far it is, and the figures of what it found.',
        params: IdParamsSchema,
        response: { 200: ProposalAnswerSchema },
      },
    },
    async (request) => {
      await request.requireBureau(await ownerOf(request.params.id));
      return answerTo(request, request.params.id);
    },
  );

  app.post(
    '/api/drafts/:id/proposals/stop',
    {
      config: { access: changeOwned },
      schema: {
        summary: 'Ends the search; what it found stays.',
        params: IdParamsSchema,
        response: { 200: ProposalAnswerSchema },
      },
    },
    async (request) => {
      await request.requireBureau(await ownerOf(request.params.id));
      proposals.stop(request.params.id);
      return answerTo(request, request.params.id);
    },
  );

  app.get(
    '/api/drafts/:id/proposals/:proposal',
    {
      config: { access: changeOwned },
      schema: {
        summary: 'One proposal, by the keys of the draft.',
        params: Type.Interface([IdParamsSchema], { proposal: Type.Integer({ minimum: 1 }) }),
        response: { 200: ProposedPlanSchema },
      },
    },
    async (request) => {
      await request.requireBureau(await ownerOf(request.params.id));
      return proposals.plan(request.params.id, request.params.proposal);
    },
  );
};
