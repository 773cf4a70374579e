import Type from 'typebox';
import { type Access, problem } from '../platform/index.ts';
import { DeviceMessageError } from './device-adapter.ts';
import type { DeviceRegistry } from './device-registry.ts';
import { osmAndAdapter } from './osmand.adapter.ts';
import { FIX_OUTCOMES, type FixOutcome, isAccepted, type PositionIngest } from './position-ingest.ts';
import type { UnitsApp } from './units-app.ts';
import './messages.units.ts';

interface OsmAndDeps {
  registry: DeviceRegistry;
  ingest: PositionIngest;
  countFix: (outcome: FixOutcome) => void;
  now: () => Date;
}

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
export async function osmAndRoutes(app: UnitsApp, { registry, ingest, countFix, now }: OsmAndDeps): Promise<void> {
  // Old clients post with a query and no body, or name no type or a wrong one; the parsers are this scope's own.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? undefined : JSON.parse(text as string));
    } catch {
      done(new DeviceMessageError('body', 'JSON', text));
    }
  });
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text));
  app.setErrorHandler((error) => {
    if (!(error instanceof DeviceMessageError)) throw error;
    const { field, expected, actual } = error;
    problem(400, 'DEVICE_MESSAGE_MALFORMED', { field, expected, actual }, { field });
  });

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
        'Query string or form: id, lat, lon (or location=lat,lon), timestamp (seconds, milliseconds or ISO 8601), speed (knots), bearing, accuracy, valid, status. ' +
        'JSON: {location: {timestamp, coords: {latitude, longitude, speed (m/s), heading, accuracy}, extras: {status}}, device_id}.',
      params: Type.Object({ deviceKey: Type.String({ minLength: 1, maxLength: 64 }) }),
      response: {
        200: DeviceAnswerSchema,
      },
    },
    handler: async (request) => {
      const device = registry.find(request.params.deviceKey);
      if (device === undefined) return problem(401, 'DEVICE_KEY_UNKNOWN');
      const message = { query: request.query as Record<string, unknown>, body: request.body };
      const identifier = osmAndAdapter.identifierOf(message);
      if (identifier !== undefined && identifier !== device.identifier)
        problem(
          403,
          'DEVICE_IDENTIFIER_MISMATCH',
          { expected: device.identifier, actual: identifier },
          { field: 'id' },
        );
      const nowMs = now().getTime();
      const outcomes: FixOutcome[] = [];
      device.lastSeenMs = nowMs;
      osmAndAdapter.decode(message, nowMs, (fix) => {
        const outcome = ingest(device, fix, nowMs);
        if (isAccepted(outcome)) device.accepted++;
        else device.refused++;
        countFix(outcome);
        outcomes.push(outcome);
      });
      return { outcomes };
    },
  });
}
