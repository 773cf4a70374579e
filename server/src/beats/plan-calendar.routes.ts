import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  BureauQuerySchema,
  ComparisonQuerySchema,
  IdParamsSchema,
  NewDutyPeriodSchema,
  NewTimetableSchema,
  PlanCalendarQuerySchema,
  PlanCalendarSchema,
  PlanComparisonSchema,
} from '@xunfang/geo-data/contract';
import { doerOf } from '../platform/index.ts';
import { changeInBureau, changeOwned, readInBureau } from './plan-access.ts';
import { planCalendarService } from './plan-calendar.service.ts';
import { planComparisonService } from './plan-comparison.service.ts';
import type { PlansDeps } from './plans.service.ts';

/** Which plan is in force when; and what changes from one to the other. */
export const planCalendarRoutes: FastifyPluginAsyncTypebox<PlansDeps> = async (app, deps) => {
  const calendar = planCalendarService(deps);
  const comparison = planComparisonService(deps);

  app.get(
    '/api/plans/calendar',
    {
      config: { access: readInBureau },
      schema: {
        summary: 'Shifts, duty levels, and which plan is in force when.',
        querystring: PlanCalendarQuerySchema,
        response: { 200: PlanCalendarSchema },
      },
    },
    (request) => calendar.read(request.bureau.id, request.query.from, request.query.to),
  );

  app.post(
    '/api/plans/calendar/timetables',
    {
      config: { access: changeInBureau },
      schema: {
        summary: 'When which shift is on, from an instant on.',
        querystring: BureauQuerySchema,
        body: NewTimetableSchema,
        response: { 201: PlanCalendarSchema },
      },
    },
    async (request, reply) => {
      const { from, windows } = request.body;
      await calendar.setTimetable(request.bureau.id, from, windows, doerOf(request));
      return reply.code(201).send(await calendar.read(request.bureau.id, undefined, undefined));
    },
  );

  app.post(
    '/api/plans/calendar/duty-periods',
    {
      config: { access: changeInBureau },
      schema: {
        summary: 'The duty level from one instant to another; it ends the one that holds then.',
        querystring: BureauQuerySchema,
        body: NewDutyPeriodSchema,
        response: { 201: PlanCalendarSchema },
      },
    },
    async (request, reply) => {
      await calendar.addDutyPeriod(request.bureau.id, request.body, doerOf(request));
      return reply.code(201).send(await calendar.read(request.bureau.id, undefined, undefined));
    },
  );

  app.delete(
    '/api/plans/calendar/duty-periods/:id',
    {
      config: { access: changeOwned },
      schema: { summary: 'Ends it now, or takes one to come away.', params: IdParamsSchema },
    },
    async (request, reply) => {
      await request.requireBureau(await calendar.ownerOf(request.params.id));
      await calendar.endDutyPeriod(request.params.id, doerOf(request));
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/plans/comparison',
    {
      config: { access: readInBureau },
      schema: {
        summary: 'What changes for whom from one plan or draft to another.',
        querystring: ComparisonQuerySchema,
        response: { 200: PlanComparisonSchema },
      },
    },
    (request) => comparison.compare(request.bureau.id, request.query),
  );
};
