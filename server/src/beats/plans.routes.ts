import {
  BureauQuerySchema,
  GeoJsonObjectSchema,
  IdParamsSchema,
  InstantSchema,
  PlanDesignSchema,
  PlanPublicationSchema,
  PlanSchema,
  PlanSummarySchema,
  ROLES,
  type Role,
} from '@xunfang/geo-data/contract';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { type Access, actorOf, type Module } from '../platform/index.ts';
import { type Doer, plansService } from './plans.service.ts';
import './messages.beats.ts';

const PLANNERS: readonly Role[] = ['supervisor', 'admin'];
const readInBureau: Access = { roles: ROLES, scopes: ['plans:read'], bureau: 'query' };
const readOwned: Access = { roles: ROLES, scopes: ['plans:read'], bureau: 'owned' };
const designInBureau: Access = { roles: PLANNERS, bureau: 'query' };
const changeOwned: Access = { roles: PLANNERS, bureau: 'owned' };

const doerOf = (request: FastifyRequest): Doer => ({ actor: actorOf(request.caller), address: request.ip });

export const plansModule: Module = async (app, { db, workers, now }) => {
  const service = plansService({ db, workers, now });

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
      config: { access: designInBureau },
      schema: { querystring: BureauQuerySchema, body: PlanDesignSchema, response: { 201: PlanSchema } },
    },
    async (request, reply) =>
      reply.code(201).send(await service.design(request.bureau.id, request.body, doerOf(request))),
  );

  app.post(
    '/api/plans/:id/publication',
    {
      config: { access: changeOwned },
      schema: { params: IdParamsSchema, body: PlanPublicationSchema, response: { 200: PlanSummarySchema } },
    },
    async (request) => {
      const { id } = request.params;
      await request.requireBureau(await service.ownerOf(id));
      return service.publish(id, new Date(request.body.effectiveFrom), doerOf(request));
    },
  );

  app.post(
    '/api/plans/:id/withdrawal',
    { config: { access: changeOwned }, schema: { params: IdParamsSchema, response: { 200: PlanSummarySchema } } },
    async (request) => {
      const { id } = request.params;
      await request.requireBureau(await service.ownerOf(id));
      return service.withdraw(id, doerOf(request));
    },
  );
};
