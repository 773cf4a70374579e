import {
  BureauQuerySchema,
  GeoJsonObjectSchema,
  IdParamsSchema,
  InstantSchema,
  PlanDesignSchema,
  PlanSchema,
  PlanSummarySchema,
} from '@xunfang/geo-data/contract';
import Type from 'typebox';
import { doerOf, type Module } from '../platform/index.ts';
import { planBookRoutes } from './book/plan-book.routes.ts';
import { planFileRoutes } from './files/plan-files.routes.ts';
import { draftRoutes } from './drafts.routes.ts';
import { changeInBureau, readInBureau, readOwned } from './plan-access.ts';
import { planCalendarRoutes } from './plan-calendar.routes.ts';
import { createPlanClock } from './plan-clock.ts';
import { planLifecycleRoutes } from './plan-lifecycle.routes.ts';
import { plansService } from './plans.service.ts';
import { proposalRoutes } from './proposals.routes.ts';
import './messages.beats.ts';
import './messages.plans.ts';

export const plansModule: Module = async (app, { db, workers, now, realtime }) => {
  const deps = { db, workers, now };
  const service = plansService(deps);

  app.get(
    '/api/plans',
    {
      config: { access: readInBureau },
      schema: {
        querystring: BureauQuerySchema,
        response: { 200: Type.Object({ plans: Type.Array(PlanSummarySchema) }) },
      },
    },
    async (request) => ({ plans: await service.list(request.bureau.id) }),
  );

  app.get(
    '/api/plans/in-force',
    {
      config: { access: readInBureau },
      schema: {
        summary: 'The plan in force at an instant, now unless told otherwise.',
        querystring: Type.Interface([BureauQuerySchema], { at: Type.Optional(InstantSchema) }),
        response: { 200: PlanSchema },
      },
    },
    (request) => service.inForce(request.bureau.id, request.query.at ? new Date(request.query.at) : now()),
  );

  app.get(
    '/api/plans/:id',
    { config: { access: readOwned }, schema: { params: IdParamsSchema, response: { 200: PlanSchema } } },
    async (request) => {
      await request.requireBureau(await service.ownerOf(request.params.id));
      return service.byId(request.params.id);
    },
  );

  app.get(
    '/api/plans/:id.geojson',
    {
      config: { access: readOwned },
      schema: {
        summary: 'Zones and beats with their figures, WGS 84, for GIS programs.',
        params: IdParamsSchema,
        response: { 200: GeoJsonObjectSchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await request.requireBureau(await service.ownerOf(id));
      return reply
        .type('application/geo+json; charset=utf-8')
        .header('content-disposition', `inline; filename="plan-${id}.geojson"`)
        .send(await service.geoJson(id));
    },
  );

  app.post(
    '/api/plans/design',
    {
      config: { access: changeInBureau },
      schema: { querystring: BureauQuerySchema, body: PlanDesignSchema, response: { 201: PlanSchema } },
    },
    async (request, reply) =>
      reply.code(201).send(await service.design(request.bureau.id, request.body, doerOf(request))),
  );

  await app.register(planLifecycleRoutes, deps);
  await app.register(planCalendarRoutes, deps);
  await app.register(planFileRoutes, deps);
  await app.register(planBookRoutes, deps);
  await app.register(draftRoutes, { ...deps, realtime });
  await app.register(proposalRoutes, deps);

  const clock = createPlanClock({
    db,
    now,
    onError: (cause) => app.log.error({ err: cause }, 'a plan could not take effect'),
  });
  app.addHook('onReady', () => clock.start());
  app.addHook('onClose', () => clock.stop());
};
