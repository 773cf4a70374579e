import Type from 'typebox';
import { problem } from '../platform/index.ts';
import { DeviceMessageError } from './device-adapter.ts';
import type { DeviceRegistry, RegisteredDevice } from './device-registry.ts';
import type { Reception } from './reception.ts';
import type { UnitsApp } from './units-app.ts';
import './messages.units.ts';

/** What the routes of every protocol over HTTP are given. */
export interface DeviceRoutesDeps {
  registry: DeviceRegistry;
  reception: Reception;
  now: () => Date;
}

export const DeviceKeyParamsSchema = Type.Object({ deviceKey: Type.String({ minLength: 1, maxLength: 64 }) });

/** A scope in which devices speak: bodies of any declared type, and refusals that say what is wrong with a message. */
export function acceptDeviceMessages(app: UnitsApp): void {
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
}

/** The device of a key that may send now; refuses with 401 or 429. */
export function admittedDevice(
  { registry, reception }: DeviceRoutesDeps,
  deviceKey: string,
  protocol: string,
  raw: unknown,
  nowMs: number,
): RegisteredDevice {
  const device = registry.find(deviceKey);
  if (device === undefined) {
    reception.refuseStranger(protocol);
    return problem(401, 'DEVICE_KEY_UNKNOWN');
  }
  if (!reception.admit(device, protocol, raw, nowMs)) problem(429, 'DEVICE_RATE_LIMITED');
  return device;
}
