import { createReadStream } from 'node:fs';
import {
  BureauQuerySchema,
  BureauSchema,
  GeoJsonObjectSchema,
  IdParamsSchema,
  PlaceSchema,
  ReferenceAreaSetSchema,
  ROLES,
} from '@xunfang/geo-data/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { type Access, type Module, problem } from '../platform/index.ts';
import type { BasemapFile } from './basemap-file.ts';
import { bureausService } from './bureaus.service.ts';
import { parseByteRange } from './byte-range.ts';

const inBureau: Access = { roles: ROLES, scopes: ['incidents:read', 'plans:read'], bureau: 'query' };
const ofBureau: Access = { roles: ROLES, bureau: 'owned' };

export const bureausModule: Module = async (app, { db, config, bureaus }) => {
  const service = bureausService({ db, dataDir: config.dataDir });

  app.get(
    '/api/bureaus/current',
    { config: { access: inBureau }, schema: { querystring: BureauQuerySchema, response: { 200: BureauSchema } } },
    (request) => service.bureau(request.bureau.id),
  );

  app.get(
    '/api/places',
    {
      config: { access: inBureau },
      schema: { querystring: BureauQuerySchema, response: { 200: Type.Object({ places: Type.Array(PlaceSchema) }) } },
    },
    async (request) => ({ places: await service.places(request.bureau.id) }),
  );

  app.get(
    '/api/reference-areas',
    {
      config: { access: inBureau },
      schema: {
        querystring: BureauQuerySchema,
        response: { 200: Type.Object({ sets: Type.Array(ReferenceAreaSetSchema) }) },
      },
    },
    async (request) => ({ sets: await service.referenceAreaSets(request.bureau.id) }),
  );

  app.get(
    '/api/reference-areas/:id.geojson',
    { config: { access: ofBureau }, schema: { params: IdParamsSchema, response: { 200: GeoJsonObjectSchema } } },
    async (request, reply) => {
      const owner = await service.ownerOfReferenceAreas(request.params.id);
      if (owner === null) return problem(404, 'NOT_FOUND');
      await request.requireBureau(owner);
      return reply.type('application/geo+json; charset=utf-8').send(await service.referenceAreas(request.params.id));
    },
  );

  app.get(
    '/api/basemaps/:slug.pmtiles',
    {
      config: { access: ofBureau },
      schema: {
        summary: 'Vector tiles as one PMTiles archive, read by ranges.',
        params: Type.Object({ slug: Type.String({ pattern: '^[a-z0-9-]{1,64}$' }) }),
      },
    },
    async (request, reply) => {
      const bureau = await bureaus.bySlug(request.params.slug);
      if (bureau === undefined) return problem(404, 'NOT_FOUND');
      await request.requireBureau(bureau.id);
      const file = await service.basemap(bureau.slug);
      if (file === null) return problem(404, 'NOT_FOUND');
      return sendFile(request, reply, file);
    },
  );
};

function sendFile(request: FastifyRequest, reply: FastifyReply, file: BasemapFile) {
  reply.header('etag', file.etag).header('accept-ranges', 'bytes').header('cache-control', 'private, no-cache');
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  const ifRange = request.headers['if-range'];
  const asked = ifRange === undefined || ifRange === file.etag ? request.headers.range : undefined;
  const range = parseByteRange(asked, file.sizeBytes);
  reply.type('application/vnd.pmtiles');
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${file.sizeBytes}`).send();
  if (range === 'whole') {
    return reply.header('content-length', file.sizeBytes).send(createReadStream(file.path));
  }
  return reply
    .code(206)
    .header('content-range', `bytes ${range.start}-${range.end}/${file.sizeBytes}`)
    .header('content-length', range.end - range.start + 1)
    .send(createReadStream(file.path, range));
}
