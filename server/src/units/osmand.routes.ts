import Type from 'typebox';
import { type Access, problem } from '../platform/index.ts';
import {
  acceptDeviceMessages,
  admittedDevice,
  DeviceKeyParamsSchema,
  type DeviceRoutesDeps,
} from './device-messages.ts';
import { osmAndAdapter } from './osmand.adapter.ts';
import { FIX_OUTCOMES, type FixOutcome } from './position-ingest.ts';
import type { UnitsApp } from './units-app.ts';

const DeviceAnswerSchema = Type.Object({
  /** One per position of the message. */
  outcomes: Type.Array(Type.Enum(FIX_OUTCOMES)),
});
const access: Access = { deviceKey: true };
const BODY_LIMIT_BYTES = 256 * 1024;

/**
 * OsmAnd over HTTP. A message that cannot be read is refused with 4xx. One that can is answered with 200 even when its
 * position is not believed: phones keep what was not taken and send it again, forever, before anything newer.
 */
export async function osmAndRoutes(app: UnitsApp, deps: DeviceRoutesDeps): Promise<void> {
  acceptDeviceMessages(app);
  app.route({
    method: ['GET', 'POST'],
    url: '/api/osmand/:deviceKey',
    bodyLimit: BODY_LIMIT_BYTES,
    // A line for every fix of every unit would drown the log; gateways send for many units from one address.
    logLevel: 'warn',
    config: { access, rateLimit: false },
    exposeHeadRoute: false,
    schema: {
      tags: ['devices'],
      summary: 'Positions by the OsmAnd protocol, as the Traccar Client app sends them',
      description:
        'Query string or form: id, lat, lon (or location=lat,lon), timestamp (seconds, milliseconds or ISO 8601), speed (knots), bearing, accuracy, valid, status, alarm (sos). ' +
        'JSON: {location: {timestamp, coords: {latitude, longitude, speed (m/s), heading, accuracy}, extras: {status, alarm}}, device_id}.',
      params: DeviceKeyParamsSchema,
      response: {
        200: DeviceAnswerSchema,
      },
    },
    handler: async (request) => {
      const nowMs = deps.now().getTime();
      const message = { query: request.query as Record<string, unknown>, body: request.body };
      const raw = request.body ?? message.query;
      const device = admittedDevice(deps, request.params.deviceKey, osmAndAdapter.protocol, raw, nowMs);
      const identifier = osmAndAdapter.identifierOf(message);
      if (identifier !== undefined && identifier !== device.identifier)
        problem(
          403,
          'DEVICE_IDENTIFIER_MISMATCH',
          { expected: device.identifier, actual: identifier },
          { field: 'id' },
        );
      const outcomes: FixOutcome[] = [];
      deps.reception.read(device, osmAndAdapter, message, nowMs, (outcome) => outcomes.push(outcome));
      return { outcomes };
    },
  });
}
