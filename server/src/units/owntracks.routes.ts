import Type from 'typebox';
import type { Access } from '../platform/index.ts';
import {
  acceptDeviceMessages,
  admittedDevice,
  DeviceKeyParamsSchema,
  type DeviceRoutesDeps,
} from './device-messages.ts';
import { ownTracksAdapter } from './owntracks.adapter.ts';
import type { UnitsApp } from './units-app.ts';

const access: Access = { deviceKey: true };
const BODY_LIMIT_BYTES = 64 * 1024;

/** OwnTracks over HTTP: the app puts what was not answered with 200 back into its queue, so only what cannot be read is refused. */
export async function ownTracksRoutes(app: UnitsApp, deps: DeviceRoutesDeps): Promise<void> {
  acceptDeviceMessages(app);
  app.post(
    '/api/owntracks/:deviceKey',
    {
      bodyLimit: BODY_LIMIT_BYTES,
      logLevel: 'warn',
      config: { access, rateLimit: false },
      schema: {
        tags: ['devices'],
        summary: 'Positions as the OwnTracks app sends them in HTTP mode',
        description:
          '{_type: "location", lat, lon, tst (seconds), acc (m), vel (km/h), cog}; other types are passed over. ' +
          'Answers an empty list: nothing is told to the app.',
        params: DeviceKeyParamsSchema,
        response: { 200: Type.Array(Type.Unknown()) },
      },
    },
    async (request) => {
      const nowMs = deps.now().getTime();
      const { body } = request;
      const device = admittedDevice(deps, request.params.deviceKey, ownTracksAdapter.protocol, body, nowMs);
      deps.reception.read(device, ownTracksAdapter, { payload: body }, nowMs, () => {});
      return [];
    },
  );
}
