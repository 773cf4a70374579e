import {
  IdParamsSchema,
  type Role,
  TrackBlockQuerySchema,
  TrailQuerySchema,
  TrailSchema,
} from '@xunfang/geo-data/contract';
import { type Access, doerOf, type Module, problem } from '../platform/index.ts';
import type { TracksService } from './tracks.service.ts';

const TAGS = ['tracks'];
/** Tracks of officers: those who send them and those who lead them, nobody else. */
const READERS: readonly Role[] = ['dispatcher', 'supervisor', 'admin'];
const ownedTrail: Access = { roles: READERS, bureau: 'owned' };
const ofBureau: Access = { roles: READERS, bureau: 'query' };

export function registerTrackRoutes(app: Parameters<Module>[0], tracks: TracksService, now: () => Date): void {
  app.get(
    '/api/units/:id/trail',
    {
      config: { access: ownedTrail },
      schema: {
        tags: TAGS,
        summary: 'Where a unit has been lately; every look is in the audit log',
        description: 'Beyond `liveTrailMinutes` of the track policy a purpose must be stated.',
        params: IdParamsSchema,
        querystring: TrailQuerySchema,
        response: { 200: TrailSchema },
      },
    },
    async (request, reply) => {
      const { minutes = 15, purpose, note } = request.query;
      const unit = await tracks.unit(request.params.id);
      if (unit === undefined) return problem(404, 'NOT_FOUND');
      await request.requireBureau(unit.bureauId);
      reply.header('cache-control', 'no-store');
      const reader = { ...doerOf(request), purpose, note };
      return tracks.trail(unit, minutes, reader, now());
    },
  );

  app.get(
    '/api/track-blocks',
    {
      config: { access: ofBureau },
      schema: {
        tags: TAGS,
        summary: 'The fixes of a period as one binary column block; every look is in the audit log with its purpose',
        description: 'Layout: TrackBlockMeta in the contract. At most 24 hours; thinned evenly to what can be shown.',
        querystring: TrackBlockQuerySchema,
        produces: ['application/octet-stream'],
      },
    },
    async ({ bureau, query, caller, ip }, reply) => {
      const reader = { ...doerOf({ caller, ip }), purpose: query.purpose, note: query.note };
      const block = await tracks.block(
        bureau,
        {
          from: new Date(query.from),
          to: new Date(query.to),
          unitIds: query.units === undefined ? null : query.units.split(',').map(Number),
        },
        reader,
        now(),
      );
      return reply.header('cache-control', 'no-store').type('application/octet-stream').send(Buffer.from(block));
    },
  );
}
