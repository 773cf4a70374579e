import {
  BureauQuerySchema,
  DeviceSchema,
  DeviceWithKeySchema,
  IdParamsSchema,
  NewDeviceSchema,
} from '@xunfang/geo-data/contract';
import Type from 'typebox';
import { type Access, actorOf, problem } from '../platform/index.ts';
import type { devicesService } from './devices.service.ts';
import type { UnitsApp } from './units-app.ts';

const TAGS = ['units'];
const ofBureau: Access = { roles: ['admin'], bureau: 'query' };
const owned: Access = { roles: ['admin'], bureau: 'owned' };

export function registerDeviceRoutes(app: UnitsApp, devices: ReturnType<typeof devicesService>): void {
  app.get(
    '/api/devices',
    {
      config: { access: ofBureau },
      schema: {
        tags: TAGS,
        summary: 'Devices of the bureau, revoked ones included',
        querystring: BureauQuerySchema,
        response: { 200: Type.Object({ devices: Type.Array(DeviceSchema) }) },
      },
    },
    async (request) => ({ devices: await devices.list(request.bureau.id) }),
  );

  app.post(
    '/api/devices',
    {
      config: { access: ofBureau },
      schema: {
        tags: TAGS,
        summary: 'Register a device; its key is shown this once',
        querystring: BureauQuerySchema,
        body: NewDeviceSchema,
        response: { 201: DeviceWithKeySchema },
      },
    },
    async (request, reply) => {
      const made = await devices.register({
        ...request.body,
        bureauId: request.bureau.id,
        actor: actorOf(request.caller),
        address: request.ip,
      });
      return reply.code(201).send(made);
    },
  );

  app.delete(
    '/api/devices/:id',
    {
      config: { access: owned },
      schema: {
        tags: TAGS,
        summary: 'Revoke a device: its key stops working at once, its tracks stay',
        params: IdParamsSchema,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const found = await devices.byId(request.params.id);
      if (found === undefined) return problem(404, 'NOT_FOUND');
      await request.requireBureau(found.bureauId);
      await devices.revoke(found.bureauId, found.device.id, actorOf(request.caller), request.ip);
      return reply.code(204).send(null);
    },
  );
}
