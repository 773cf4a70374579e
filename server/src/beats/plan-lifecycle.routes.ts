import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  CloneSchema,
  PlanNameSchema,
  IdParamsSchema,
  NewCommentSchema,
  PlanCommentSchema,
  PlanPublicationSchema,
  PlanSummarySchema,
  ReviewSchema,
  SubmissionSchema,
} from '@xunfang/geo-data/contract';
import Type from 'typebox';
import { doerOf } from '../platform/index.ts';
import { changeOwned, readOwned } from './plan-access.ts';
import { planCommentsService } from './plan-comments.service.ts';
import { planLifecycleService } from './plan-lifecycle.service.ts';
import { type PlansDeps, plansService } from './plans.service.ts';

/** The way of a plan from a draft to the one in force: one route per step. */
export const planLifecycleRoutes: FastifyPluginAsyncTypebox<PlansDeps> = async (app, deps) => {
  const plans = plansService(deps);
  const lifecycle = planLifecycleService(deps);
  const comments = planCommentsService(deps);
  const answersPlan = { params: IdParamsSchema, response: { 200: PlanSummarySchema } };
  const config = { access: changeOwned };

  app.post(
    '/api/plans/:id/clone',
    {
      config,
      schema: {
        summary: 'A new draft like this plan or draft.',
        params: IdParamsSchema,
        body: CloneSchema,
        response: { 201: PlanSummarySchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await request.requireBureau(await plans.ownerOf(id));
      return reply.code(201).send(await plans.clone(id, request.body.name, doerOf(request)));
    },
  );

  app.put(
    '/api/plans/:id/name',
    { config, schema: { ...answersPlan, summary: 'Renames a draft.', body: PlanNameSchema } },
    async (request) => {
      const { id } = request.params;
      await request.requireBureau(await plans.ownerOf(id));
      return lifecycle.rename(id, request.body.name.trim(), doerOf(request));
    },
  );

  app.post(
    '/api/plans/:id/submission',
    { config, schema: { ...answersPlan, summary: 'Hands a sound draft in for review.', body: SubmissionSchema } },
    async (request) => {
      const { id } = request.params;
      await request.requireBureau(await plans.ownerOf(id));
      return lifecycle.submit(id, request.body.revision, doerOf(request));
    },
  );

  app.post(
    '/api/plans/:id/review',
    { config, schema: { ...answersPlan, summary: 'Approves it, or sends it back.', body: ReviewSchema } },
    async (request) => {
      const { id } = request.params;
      await request.requireBureau(await plans.ownerOf(id));
      return lifecycle.review(id, request.body, doerOf(request));
    },
  );

  app.post(
    '/api/plans/:id/publication',
    {
      config,
      schema: {
        ...answersPlan,
        summary: 'Sets from when on an approved plan is in force.',
        body: PlanPublicationSchema,
      },
    },
    async (request) => {
      const { id } = request.params;
      await request.requireBureau(await plans.ownerOf(id));
      return lifecycle.publish(id, request.body, doerOf(request));
    },
  );

  app.post('/api/plans/:id/withdrawal', { config, schema: answersPlan }, async (request) => {
    const { id } = request.params;
    await request.requireBureau(await plans.ownerOf(id));
    return lifecycle.withdraw(id, doerOf(request));
  });

  app.get(
    '/api/plans/:id/comments',
    {
      config: { access: readOwned },
      schema: { params: IdParamsSchema, response: { 200: Type.Object({ comments: Type.Array(PlanCommentSchema) }) } },
    },
    async (request) => {
      await request.requireBureau(await plans.ownerOf(request.params.id));
      return { comments: await comments.ofPlan(request.params.id) };
    },
  );

  app.post(
    '/api/plans/:id/comments',
    { config, schema: { params: IdParamsSchema, body: NewCommentSchema, response: { 201: PlanCommentSchema } } },
    async (request, reply) => {
      const { id } = request.params;
      await request.requireBureau(await plans.ownerOf(id));
      return reply.code(201).send(await comments.add(id, request.body, doerOf(request)));
    },
  );

  app.post(
    '/api/plan-comments/:id/resolution',
    { config, schema: { params: IdParamsSchema, response: { 200: PlanCommentSchema } } },
    async (request) => {
      await request.requireBureau(await plans.ownerOf(await comments.planOf(request.params.id)));
      return comments.resolve(request.params.id, doerOf(request));
    },
  );
};
