import {
  BureauQuerySchema,
  PositionSettingsChangeSchema,
  PositionSettingsWithDefaultsSchema,
  SERVER_EVENT_ROLES,
} from '@xunfang/geo-data/contract';
import { type Access, doerOf } from '../platform/index.ts';
import type { PositionSettingsService } from './position-settings.service.ts';
import type { UnitsApp } from './units-app.ts';

const TAGS = ['units'];
const read: Access = { roles: SERVER_EVENT_ROLES['positions:frame'], bureau: 'query' };
const change: Access = { roles: ['admin'], bureau: 'query' };

export function registerPositionSettingsRoutes(app: UnitsApp, settings: PositionSettingsService): void {
  app.get(
    '/api/position-settings',
    {
      config: { access: read },
      schema: {
        tags: TAGS,
        summary: 'What the bureau believes of positions, and how fast they grow old',
        querystring: BureauQuerySchema,
        response: { 200: PositionSettingsWithDefaultsSchema },
      },
    },
    (request) => settings.of(request.bureau.id),
  );

  app.patch(
    '/api/position-settings',
    {
      config: { access: change },
      schema: {
        tags: TAGS,
        summary: 'Change them; what is left out stays',
        querystring: BureauQuerySchema,
        body: PositionSettingsChangeSchema,
        response: { 200: PositionSettingsWithDefaultsSchema },
      },
    },
    (request) => settings.change(request.bureau.id, request.body, doerOf(request)),
  );

  app.delete(
    '/api/position-settings',
    {
      config: { access: change },
      schema: {
        tags: TAGS,
        summary: 'Back to the defaults',
        querystring: BureauQuerySchema,
        response: { 200: PositionSettingsWithDefaultsSchema },
      },
    },
    (request) => settings.reset(request.bureau.id, doerOf(request)),
  );
}
