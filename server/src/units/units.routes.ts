import {
  BureauQuerySchema,
  IdParamsSchema,
  RosterSchema,
  SERVER_EVENT_ROLES,
  TrailSchema,
  UnitRefusalsSchema,
} from '@xunfang/geo-data/contract';
import Type from 'typebox';
import { type Access, actorOf, problem } from '../platform/index.ts';
import type { UnitsService } from './units.service.ts';
import type { UnitsApp } from './units-app.ts';

const TAGS = ['units'];
const ofBureau: Access = { roles: SERVER_EVENT_ROLES['positions:frame'], bureau: 'query' };
const trailOwned: Access = { roles: ['dispatcher', 'supervisor', 'admin'], bureau: 'owned' };

const TrailQuerySchema = Type.Object({
  minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 240, default: 15 })),
  reason: Type.Optional(Type.String({ maxLength: 200, description: 'Why the track is looked at; kept in the audit.' })),
});

export function registerUnitRoutes(app: UnitsApp, units: UnitsService, now: () => Date): void {
  app.get(
    '/api/units',
    {
      config: { access: ofBureau },
      schema: {
        tags: TAGS,
        summary: 'The roster: which unit each slot of the position frames is',
        querystring: BureauQuerySchema,
        response: { 200: RosterSchema },
      },
    },
    (request) => units.roster(request.bureau.id),
  );

  app.get(
    '/api/units/:id/refusals',
    {
      config: { access: { roles: SERVER_EVENT_ROLES['positions:frame'], bureau: 'owned' } },
      schema: {
        tags: TAGS,
        summary: 'How many positions of a unit were not believed of late, and why; not where',
        params: IdParamsSchema,
        response: { 200: UnitRefusalsSchema },
      },
    },
    async (request) => {
      const found = await units.bureauOfUnit(request.params.id);
      if (found === undefined) return problem(404, 'NOT_FOUND');
      await request.requireBureau(found.bureauId);
      return units.refusals(found.bureauId, request.params.id, now());
    },
  );

  app.get(
    '/api/units/:id/trail',
    {
      config: { access: trailOwned },
      schema: {
        tags: TAGS,
        summary: 'Where a unit has been; every look is logged',
        params: IdParamsSchema,
        querystring: TrailQuerySchema,
        response: { 200: TrailSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const found = await units.bureauOfUnit(id);
      if (found === undefined) return problem(404, 'NOT_FOUND');
      await request.requireBureau(found.bureauId);
      const reader = { actor: actorOf(request.caller), address: request.ip, reason: request.query.reason };
      return units.trail({ id, ...found }, request.query.minutes ?? 15, reader, now());
    },
  );
}
