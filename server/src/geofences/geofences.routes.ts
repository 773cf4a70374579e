import {
  BureauQuerySchema,
  GeofenceChangeSchema,
  GeofenceEventListSchema,
  GeofenceEventQuerySchema,
  GeofenceInputSchema,
  GeofenceSchema,
  IdParamsSchema,
  RELIABLE_EVENT_ROLES,
} from '@xunfang/geo-data/contract';
import Type from 'typebox';
import { type Access, doerOf, type Module } from '../platform/index.ts';
import type { geofencesService } from './geofences.service.ts';
import './messages.geofences.ts';

const readInBureau: Access = { roles: RELIABLE_EVENT_ROLES['geofence:crossed'], bureau: 'query' };
const changeInBureau: Access = { roles: ['supervisor', 'admin'], bureau: 'query' };

export function registerGeofenceRoutes(app: Parameters<Module>[0], service: ReturnType<typeof geofencesService>): void {
  app.get(
    '/api/geofences',
    {
      config: { access: readInBureau },
      schema: {
        summary: 'The fences of the bureau, and who is in them.',
        querystring: BureauQuerySchema,
        response: { 200: Type.Object({ geofences: Type.Array(GeofenceSchema) }) },
      },
    },
    async (request) => ({ geofences: await service.list(request.bureau.id) }),
  );

  app.get(
    '/api/geofences/events',
    {
      config: { access: readInBureau },
      schema: {
        summary: 'Who entered and left which fence, newest first.',
        querystring: Type.Interface([BureauQuerySchema, GeofenceEventQuerySchema], {}),
        response: { 200: GeofenceEventListSchema },
      },
    },
    (request) => service.events(request.bureau.id, request.query),
  );

  app.post(
    '/api/geofences',
    {
      config: { access: changeInBureau },
      schema: { querystring: BureauQuerySchema, body: GeofenceInputSchema, response: { 201: GeofenceSchema } },
    },
    async (request, reply) =>
      reply.code(201).send(await service.create(request.bureau.id, request.body, doerOf(request))),
  );

  app.put(
    '/api/geofences/:id',
    {
      config: { access: changeInBureau },
      schema: {
        summary: 'Changes a fence, unless another has changed it since `revision`.',
        querystring: BureauQuerySchema,
        params: IdParamsSchema,
        body: GeofenceChangeSchema,
        response: { 200: GeofenceSchema },
      },
    },
    (request) => service.change(request.bureau.id, request.params.id, request.body, doerOf(request)),
  );

  app.delete(
    '/api/geofences/:id',
    {
      config: { access: changeInBureau },
      schema: { querystring: BureauQuerySchema, params: IdParamsSchema, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await service.remove(request.bureau.id, request.params.id, doerOf(request));
      return reply.code(204).send(null);
    },
  );
}
