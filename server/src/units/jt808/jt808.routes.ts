import { IdParamsSchema } from '@xunfang/geo-data/contract';
import Type from 'typebox';
import { type Access, actorOf, problem } from '../../platform/index.ts';
import type { devicesService } from '../devices.service.ts';
import type { UnitsApp } from '../units-app.ts';
import type { Jt808Enrolment } from './jt808-enrolment.service.ts';

const access: Access = { roles: ['admin'], bureau: 'owned' };

export function registerJt808Routes(
  app: UnitsApp,
  devices: Pick<ReturnType<typeof devicesService>, 'byId'>,
  enrolment: Jt808Enrolment,
): void {
  app.post(
    '/api/devices/:id/jt808-enrolment',
    {
      config: { access },
      schema: {
        tags: ['units'],
        summary: 'Let a JT/T 808 terminal register: the first that does within ten minutes gets a new key',
        params: IdParamsSchema,
        body: Type.Object({
          /** As printed on the terminal; only this one is let in. */
          terminalId: Type.Optional(Type.String({ minLength: 1, maxLength: 30 })),
        }),
        response: { 200: Type.Object({ until: Type.String() }) },
      },
    },
    async (request) => {
      const found = await devices.byId(request.params.id);
      if (found === undefined || found.device.revoked) return problem(404, 'NOT_FOUND');
      await request.requireBureau(found.bureauId);
      const until = await enrolment.open({
        bureauId: found.bureauId,
        deviceId: found.device.id,
        identifier: found.device.identifier,
        terminalId: request.body.terminalId ?? null,
        actor: actorOf(request.caller),
        address: request.ip,
      });
      return { until: until.toISOString() };
    },
  );
}
