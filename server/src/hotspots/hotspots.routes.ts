import {
  BeatCountQuerySchema,
  BeatCountsSchema,
  encodeColumnBlock,
  HotspotQuerySchema,
  ROLES,
} from '@xunfang/geo-data/contract';
import { type Access, type Module, problem } from '../platform/index.ts';
import { beatCountsService } from './beat-counts.service.ts';
import { hotspotsService } from './hotspots.service.ts';

const readInBureau: Access = { roles: ROLES, scopes: ['incidents:read'], bureau: 'query' };

export const hotspotsModule: Module = async (app, { db, sql, workers, now }) => {
  const service = hotspotsService({ db, sql, workers });
  const beatCounts = beatCountsService({ db, workers, now });

  app.get(
    '/api/beat-counts',
    {
      config: { access: readInBureau },
      schema: {
        summary: 'Incidents per beat, each under the plan of its time, or all of them under one plan.',
        querystring: BeatCountQuerySchema,
        response: { 200: BeatCountsSchema },
      },
    },
    (request) => beatCounts.count(request.bureau.id, request.query),
  );

  app.get(
    '/api/hotspots',
    {
      config: { access: readInBureau },
      schema: {
        summary: 'Hotspot grid: counts, rates, kernel density and Gi* per H3 cell, as a column block.',
        description: 'Binary, see contract/column-block. Cells without incidents are among the rows.',
        querystring: HotspotQuerySchema,
        produces: ['application/octet-stream'],
      },
    },
    async (request, reply) => {
      const order = await service.order(request.bureau.id, request.query);
      reply.header('etag', order.etag).header('cache-control', 'private, no-cache');
      if (request.headers['if-none-match'] === order.etag) return reply.code(304).send();
      const gone = new AbortController();
      const leave = () => gone.abort();
      reply.raw.once('close', leave);
      try {
        const { meta, columns } = await order.compute(gone.signal);
        return await reply
          .type('application/octet-stream')
          .send(Buffer.from(encodeColumnBlock({ meta, columns: { ...columns } }).buffer));
      } catch (error) {
        // Nobody reads the answer, but every request has one.
        if (gone.signal.aborted) return problem(499, 'CLIENT_LEFT');
        throw error;
      } finally {
        reply.raw.off('close', leave);
      }
    },
  );
};
