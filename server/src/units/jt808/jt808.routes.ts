import {
  BureauQuerySchema,
  DeviceSchema,
  IdParamsSchema,
  TerminalAcceptanceSchema,
  TerminalRefusalSchema,
  TerminalsSchema,
} from '@xunfang/geo-data/contract';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { type Access, doerOf, problem } from '../../platform/index.ts';
import type { DevicesService } from '../devices.service.ts';
import type { UnitsApp } from '../units-app.ts';
import type { Jt808Enrolment } from './jt808-enrolment.service.ts';

const TAGS = ['units'];
const owned: Access = { roles: ['admin'], bureau: 'owned' };
const ofBureau: Access = { roles: ['admin'], bureau: 'query' };
const Minutes = Type.Optional(Type.Integer({ minimum: 1, maximum: 60, default: 10 }));

export function registerJt808Routes(
  app: UnitsApp,
  devices: Pick<DevicesService, 'byId'>,
  enrolment: Jt808Enrolment,
): void {
  async function ownedDevice(request: FastifyRequest, id: number) {
    const found = await devices.byId(id);
    if (found === undefined || found.device.revoked) return problem(404, 'NOT_FOUND');
    await request.requireBureau(found.bureauId);
    return { bureauId: found.bureauId, deviceId: found.device.id, identifier: found.device.identifier };
  }

  app.post(
    '/api/devices/:id/jt808-enrolment',
    {
      config: { access: owned },
      schema: {
        tags: TAGS,
        summary: 'Let a JT/T 808 terminal register: the first that does in the next minutes gets a new key',
        params: IdParamsSchema,
        body: Type.Object({
          /** As printed on the terminal; only this one is let in. */
          terminalId: Type.Optional(Type.String({ minLength: 1, maxLength: 30 })),
          minutes: Minutes,
        }),
        response: { 200: Type.Object({ until: Type.String() }) },
      },
    },
    async (request) => {
      const device = await ownedDevice(request, request.params.id);
      const { terminalId = null, minutes } = request.body;
      const until = await enrolment.open({ ...device, terminalId, minutes, ...doerOf(request) });
      return { until: until.toISOString() };
    },
  );

  app.delete(
    '/api/devices/:id/jt808-enrolment',
    {
      config: { access: owned },
      schema: {
        tags: TAGS,
        summary: 'Let no terminal register for the device any more',
        params: IdParamsSchema,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await enrolment.close(await ownedDevice(request, request.params.id), doerOf(request));
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/terminals',
    {
      config: { access: ofBureau },
      schema: {
        tags: TAGS,
        summary: 'JT/T 808 terminals that asked to register while the window of the bureau was open',
        querystring: BureauQuerySchema,
        response: { 200: TerminalsSchema },
      },
    },
    (request) => enrolment.terminals(request.bureau.id),
  );

  app.post(
    '/api/terminals/window',
    {
      config: { access: ofBureau },
      schema: {
        tags: TAGS,
        summary: 'Open the window: from now on terminals that ask are noted; none is let in by itself',
        querystring: BureauQuerySchema,
        body: Type.Object({ minutes: Minutes }),
        response: { 200: TerminalsSchema },
      },
    },
    (request) => enrolment.openBureau(request.bureau.id, request.body.minutes ?? 10, doerOf(request)),
  );

  app.delete(
    '/api/terminals/window',
    {
      config: { access: ofBureau },
      schema: {
        tags: TAGS,
        summary: 'Close the window',
        querystring: BureauQuerySchema,
        response: { 200: TerminalsSchema },
      },
    },
    (request) => enrolment.closeBureau(request.bureau.id, doerOf(request)),
  );

  app.post(
    '/api/terminals/acceptance',
    {
      config: { access: ofBureau },
      schema: {
        tags: TAGS,
        summary: 'Enrol a terminal that asked; it gets its key when it asks again within ten minutes',
        querystring: BureauQuerySchema,
        body: TerminalAcceptanceSchema,
        response: { 200: DeviceSchema },
      },
    },
    (request) => enrolment.accept(request.bureau.id, request.body, doerOf(request)),
  );

  app.post(
    '/api/terminals/refusal',
    {
      config: { access: ofBureau },
      schema: {
        tags: TAGS,
        summary: 'Mark a terminal that asked as not ours, or take that back',
        querystring: BureauQuerySchema,
        body: TerminalRefusalSchema,
        response: { 200: TerminalsSchema },
      },
    },
    (request) => enrolment.refuse(request.bureau.id, request.body, doerOf(request)),
  );
}
