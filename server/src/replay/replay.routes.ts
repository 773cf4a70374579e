import { BureauQuerySchema, InstantSchema, ROLES } from '@xunfang/geo-data/contract';
import Type from 'typebox';
import type { Access, Module } from '../platform/index.ts';
import { replayService } from './replay.service.ts';

const readInBureau: Access = { roles: ROLES, scopes: ['incidents:read'], bureau: 'query' };

export const replayModule: Module = async (app, { db, sql, workers }) => {
  const service = replayService({ db, sql, workers });

  app.get(
    '/api/incident-blocks',
    {
      config: { access: readInBureau },
      schema: {
        summary: 'The incidents of a window as one time-sorted binary block, for replay.',
        description: 'Layout in geo-data/incidents/incident-block; the category column holds category ids.',
        querystring: Type.Interface([BureauQuerySchema], {
          from: InstantSchema,
          to: InstantSchema,
          categories: Type.Optional(Type.String({ pattern: '^(\\d{1,5}(,\\d{1,5})*)?$', maxLength: 2000 })),
          includeSelfInitiated: Type.Optional(Type.Boolean()),
        }),
        produces: ['application/octet-stream'],
      },
    },
    async ({ bureau, query, headers }, reply) => {
      const order = await service.order(bureau, {
        from: new Date(query.from),
        to: new Date(query.to),
        categories: query.categories ? query.categories.split(',').map(Number) : [],
        includeSelfInitiated: query.includeSelfInitiated ?? false,
      });
      reply.header('etag', order.etag).header('cache-control', 'private, no-cache');
      if (headers['if-none-match'] === order.etag) return reply.code(304).send();
      return reply.type('application/octet-stream').send(Buffer.from(await order.compute()));
    },
  );
};
