import { BureauQuerySchema } from '@xunfang/geo-data/contract';
import type { Access } from '../platform/index.ts';
import type { DeviceAdapter } from './device-adapter.ts';
import {
  acceptDeviceMessages,
  admittedDevice,
  DeviceKeyParamsSchema,
  type DeviceRoutesDeps,
} from './device-messages.ts';
import { gb28181Adapter } from './gb28181.adapter.ts';
import { jsonPositionAdapter } from './json-position.adapter.ts';
import { BatchAnswerSchema, itemsOf, receiveBatch } from './receive-batch.ts';
import type { UnitsApp } from './units-app.ts';

const ofDevice: Access = { deviceKey: true };
const ofGateway: Access = { roles: ['admin'], scopes: ['positions:write'], bureau: 'query' };
const BODY_LIMIT_BYTES = 4 * 1024 * 1024;
const quiet = { bodyLimit: BODY_LIMIT_BYTES, logLevel: 'warn' } as const;

/** Positions in plain JSON: of one device with its key, or of many by a gateway with an API key of scope `positions:write`. */
export async function positionBatchRoutes(app: UnitsApp, deps: DeviceRoutesDeps): Promise<void> {
  acceptDeviceMessages(app);
  const { registry, reception, now } = deps;

  function fromGateway(url: string, adapter: DeviceAdapter<unknown>, summary: string, description: string): void {
    app.post(
      url,
      {
        ...quiet,
        config: { access: ofGateway, rateLimit: false },
        schema: {
          tags: ['devices'],
          summary,
          description,
          querystring: BureauQuerySchema,
          response: { 200: BatchAnswerSchema },
        },
      },
      async (request) => {
        const { id: bureauId } = request.bureau;
        const deviceOf = (identifier: string | undefined) =>
          identifier === undefined ? undefined : registry.findByIdentifier(bureauId, identifier);
        return receiveBatch(reception, adapter, itemsOf(request.body), deviceOf, now().getTime());
      },
    );
  }

  fromGateway(
    '/api/positions',
    jsonPositionAdapter,
    'Positions of many devices in one list',
    '[{device, time, lon, lat, speedKmh?, headingDegrees?, accuracyMeters?, status?}], at most 10,000; `device` is its identifier, ' +
      '`time` ISO 8601 or seconds or milliseconds since the epoch. Every item has its outcome, in order.',
  );
  fromGateway(
    '/api/gb28181/positions',
    gb28181Adapter,
    'MobilePosition of GB/T 28181 devices, from a video gateway',
    '{DeviceID, Time, Longitude, Latitude, Speed?, Direction?, Altitude?}, one or a list, bare or within `Notify`; ' +
      'times without an offset are Beijing’s.',
  );

  app.post(
    '/api/positions/:deviceKey',
    {
      ...quiet,
      config: { access: ofDevice, rateLimit: false },
      schema: {
        tags: ['devices'],
        summary: 'Positions of one device in one list',
        description: 'As POST /api/positions; `device` may be left out.',
        params: DeviceKeyParamsSchema,
        response: { 200: BatchAnswerSchema },
      },
    },
    async (request) => {
      const nowMs = now().getTime();
      const { protocol } = jsonPositionAdapter;
      const device = admittedDevice(deps, request.params.deviceKey, protocol, request.body, nowMs);
      const deviceOf = (identifier: string | undefined) =>
        identifier === undefined || identifier === device.identifier ? device : undefined;
      const admitted = { ...reception, admit: () => true };
      return receiveBatch(admitted, jsonPositionAdapter, itemsOf(request.body), deviceOf, nowMs);
    },
  );
}
