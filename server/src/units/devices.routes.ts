import {
  BureauQuerySchema,
  DeviceChangeSchema,
  DeviceDetailSchema,
  DeviceKeyRotationSchema,
  DeviceListQuerySchema,
  DeviceListSchema,
  DeviceOverlapEndSchema,
  DeviceSchema,
  DeviceWaysSchema,
  DeviceWithKeySchema,
  IdParamsSchema,
  NewDeviceSchema,
  QuarantinedFixSchema,
} from '@xunfang/geo-data/contract';
import type { DeviceWays } from '@xunfang/geo-data/contract';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { type Access, actorOf, doerOf, languageOf, problem } from '../platform/index.ts';
import type { DevicesService, StoredDevice } from './devices.service.ts';
import { quarantineCsv } from './quarantine-csv.ts';
import type { UnitsApp } from './units-app.ts';

interface DeviceRoutesDeps {
  devices: DevicesService;
  /** Stores what devices have sent so far, so that an answer holds it. */
  flush: () => Promise<void>;
  ways: () => DeviceWays;
  now: () => Date;
}

const TAGS = ['units'];
const ofBureau: Access = { roles: ['admin'], bureau: 'query' };
const owned: Access = { roles: ['admin'], bureau: 'owned' };
const readOwned: Access = { roles: ['admin', 'auditor'], bureau: 'owned' };

export function registerDeviceRoutes(app: UnitsApp, { devices, flush, ways, now }: DeviceRoutesDeps): void {
  async function ownedDevice(request: FastifyRequest, id: number): Promise<StoredDevice> {
    const found = await devices.byId(id);
    if (found === undefined) return problem(404, 'NOT_FOUND');
    await request.requireBureau(found.bureauId);
    return found;
  }

  app.get(
    '/api/devices',
    {
      config: { access: ofBureau },
      schema: {
        tags: TAGS,
        summary: 'Devices of the bureau, revoked ones included, searched and sorted, page by page',
        querystring: DeviceListQuerySchema,
        response: { 200: DeviceListSchema },
      },
    },
    (request) => devices.page(request.bureau.id, request.query, now()),
  );

  app.get(
    '/api/device-ways',
    {
      config: { access: ofBureau },
      schema: {
        tags: TAGS,
        summary: 'Where devices reach this server besides its own address',
        querystring: BureauQuerySchema,
        response: { 200: DeviceWaysSchema },
      },
    },
    () => Promise.resolve(ways()),
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
      const made = await devices.register({ ...request.body, bureauId: request.bureau.id, ...doerOf(request) });
      return reply.code(201).send(made);
    },
  );

  app.get(
    '/api/devices/:id',
    {
      config: { access: readOwned },
      schema: {
        tags: TAGS,
        summary: 'A device and what it sent last; every look is logged',
        params: IdParamsSchema,
        response: { 200: DeviceDetailSchema },
      },
    },
    async (request) => {
      await ownedDevice(request, request.params.id);
      await flush();
      const { device, lastMessage, bureauId } = await ownedDevice(request, request.params.id);
      await devices.logLook({ device, lastMessage, bureauId }, doerOf(request), now());
      return { device, lastMessage };
    },
  );

  app.patch(
    '/api/devices/:id',
    {
      config: { access: owned },
      schema: {
        tags: TAGS,
        summary: 'Change a device: its unit, protocol, coordinate system, MQTT user, rate limit',
        params: IdParamsSchema,
        body: DeviceChangeSchema,
        response: { 200: DeviceSchema },
      },
    },
    async (request) => devices.change(await ownedDevice(request, request.params.id), request.body, doerOf(request)),
  );

  app.post(
    '/api/devices/:id/key',
    {
      config: { access: owned },
      schema: {
        tags: TAGS,
        summary: 'Give a device a new key, shown this once; the old one may work on for a while',
        params: IdParamsSchema,
        body: DeviceKeyRotationSchema,
        response: { 201: DeviceWithKeySchema },
      },
    },
    async (request, reply) => {
      const { previousKeyUntil } = request.body;
      const until = previousKeyUntil === undefined ? null : new Date(previousKeyUntil);
      const found = await ownedDevice(request, request.params.id);
      return reply.code(201).send(await devices.rotateKey(found, until, doerOf(request), now()));
    },
  );

  app.post(
    '/api/devices/:id/key-overlap/end',
    {
      config: { access: owned },
      schema: {
        tags: TAGS,
        summary: 'End the overlap of two keys before its time: only the one to keep works on',
        params: IdParamsSchema,
        body: DeviceOverlapEndSchema,
        response: { 200: DeviceSchema },
      },
    },
    async (request) => {
      const found = await ownedDevice(request, request.params.id);
      return devices.endOverlap(found, request.body.keep, doerOf(request), now());
    },
  );

  app.get(
    '/api/devices/:id/quarantine.csv',
    {
      config: { access: readOwned },
      schema: {
        tags: TAGS,
        summary: 'The same as a table for spreadsheets; every look is logged',
        params: IdParamsSchema,
      },
    },
    async (request, reply) => {
      const found = await ownedDevice(request, request.params.id);
      await flush();
      await devices.logLook(found, doerOf(request), now());
      const fileName = `${found.device.identifier}-quarantine.csv`;
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
        .send(quarantineCsv(await devices.quarantine(found), languageOf(request.headers['accept-language'])));
    },
  );

  app.get(
    '/api/devices/:id/quarantine',
    {
      config: { access: readOwned },
      schema: {
        tags: TAGS,
        summary: 'Positions of a device that were not believed, the newest 200; every look is logged',
        params: IdParamsSchema,
        response: { 200: Type.Object({ fixes: Type.Array(QuarantinedFixSchema) }) },
      },
    },
    async (request) => {
      const found = await ownedDevice(request, request.params.id);
      await flush();
      await devices.logLook(found, doerOf(request), now());
      return { fixes: await devices.quarantine(found) };
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
      const { bureauId, device } = await ownedDevice(request, request.params.id);
      await devices.revoke(bureauId, device.id, actorOf(request.caller), request.ip);
      return reply.code(204).send(null);
    },
  );
}
