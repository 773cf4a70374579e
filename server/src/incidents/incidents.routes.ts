import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import {
  BureauQuerySchema,
  IdParamsSchema,
  IncidentDetailSchema,
  IncidentInputSchema,
  IncidentListSchema,
  IncidentSummarySchema,
  IngestAnswerSchema,
  InstantSchema,
  MAX_INCIDENTS_PER_REQUEST,
  ROLES,
  type Role,
  TransitionSchema,
} from '@xunfang/geo-data/contract';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { type Access, type Module } from '../platform/index.ts';
import { speakingDoerOf } from './doer.ts';
import { registerImports } from './imports/imports.routes.ts';
import { incidentsService } from './incidents.service.ts';

const WRITERS: readonly Role[] = ['dispatcher', 'supervisor', 'analyst', 'admin'];
const HANDLERS: readonly Role[] = ['dispatcher', 'supervisor', 'admin'];
const writeInBureau: Access = { roles: WRITERS, scopes: ['incidents:write'], bureau: 'query' };
const readInBureau: Access = { roles: ROLES, scopes: ['incidents:read'], bureau: 'query' };
const readOwned: Access = { roles: ROLES, scopes: ['incidents:read'], bureau: 'owned' };
const handleOwned: Access = { roles: HANDLERS, scopes: ['incidents:write'], bureau: 'owned' };

/** Five thousand incidents with Chinese addresses. */
const INGEST_BODY_BYTES = 16 * 1024 * 1024;

const ListQuerySchema = Type.Interface([BureauQuerySchema], {
  state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('all')])),
  from: Type.Optional(InstantSchema),
  to: Type.Optional(InstantSchema),
  categories: Type.Optional(Type.String({ pattern: '^\\d{1,5}(,\\d{1,5})*$', maxLength: 2000 })),
  beat: Type.Optional(Type.Integer({ minimum: 1, description: 'Id of a beat.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  cursor: Type.Optional(Type.String({ maxLength: 64 })),
});

const GeoJsonPointSchema = Type.Object(
  { type: Type.Literal('Feature'), geometry: Type.Object({}), properties: Type.Object({}) },
  { description: 'A point; the other fields of an incident are its properties.' },
);
const IngestBodySchema = Type.Union([
  IncidentInputSchema,
  Type.Array(Type.Union([IncidentInputSchema, GeoJsonPointSchema]), { maxItems: MAX_INCIDENTS_PER_REQUEST }),
  GeoJsonPointSchema,
  Type.Object({ type: Type.Literal('FeatureCollection'), features: Type.Array(GeoJsonPointSchema) }),
]);

const dateOf = (text: string | undefined) => (text === undefined ? null : new Date(text));

export const incidentsModule: Module = async (app, deps) => {
  const { db, now } = deps;
  const service = incidentsService({ db, now });
  const owned = async (request: FastifyRequest<{ Params: { id: number } }>) => {
    const bureauId = await service.ownerOf(request.params.id, await request.reachableBureaus());
    return (await request.requireBureau(bureauId)).id;
  };
  app.addContentTypeParser('application/geo+json', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));

  app.post(
    '/api/incidents',
    {
      config: { access: writeInBureau },
      bodyLimit: INGEST_BODY_BYTES,
      schema: {
        summary: 'One or many incidents as JSON or GeoJSON. Idempotent on (source, sourceId); every item is answered.',
        querystring: BureauQuerySchema,
        body: IngestBodySchema,
        response: { 200: IngestAnswerSchema },
      },
      // The schema documents the body; items are checked one by one, so that a bad one does not cost its neighbours.
      validatorCompiler: (route) => (route.httpPart === 'body' ? () => true : TypeBoxValidatorCompiler(route)),
    },
    (request) => service.ingest(request.bureau.id, request.body, speakingDoerOf(request), MAX_INCIDENTS_PER_REQUEST),
  );

  app.get(
    '/api/incidents',
    {
      config: { access: readInBureau },
      schema: { querystring: ListQuerySchema, response: { 200: IncidentListSchema } },
    },
    ({ bureau, query }) =>
      service.list(bureau.id, {
        open: query.state !== 'all',
        from: dateOf(query.from),
        to: dateOf(query.to),
        categories: query.categories?.split(',').map(Number) ?? [],
        beatId: query.beat ?? null,
        limit: query.limit ?? 200,
        cursor: query.cursor ?? null,
      }),
  );

  app.get(
    '/api/incidents/summary',
    {
      config: { access: readInBureau },
      schema: { querystring: BureauQuerySchema, response: { 200: IncidentSummarySchema } },
    },
    ({ bureau }) => service.summary(bureau.id, bureau.timeZone),
  );

  app.get(
    '/api/incidents/:id',
    { config: { access: readOwned }, schema: { params: IdParamsSchema, response: { 200: IncidentDetailSchema } } },
    async (request) => {
      const bureauId = await owned(request);
      return service.detail(bureauId, request.params.id);
    },
  );

  app.post(
    '/api/incidents/:id/transitions',
    {
      config: { access: handleOwned },
      schema: { params: IdParamsSchema, body: TransitionSchema, response: { 200: IncidentDetailSchema } },
    },
    async (request) => {
      const bureauId = await owned(request);
      return service.transition(bureauId, request.params.id, request.body, speakingDoerOf(request));
    },
  );

  await app.register(registerImports, deps);
};
