import {
  BureauQuerySchema,
  IdParamsSchema,
  RosterSchema,
  SERVER_EVENT_ROLES,
  UnitRefusalsSchema,
} from '@xunfang/geo-data/contract';
import { type Access, problem } from '../platform/index.ts';
import type { UnitsService } from './units.service.ts';
import type { UnitsApp } from './units-app.ts';

const TAGS = ['units'];
const ofBureau: Access = { roles: SERVER_EVENT_ROLES['positions:frame'], bureau: 'query' };

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
}
