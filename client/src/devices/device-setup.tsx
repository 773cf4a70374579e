import type { Device, DeviceProtocol } from '@xunfang/geo-data/contract';
import { useMessages } from '../i18n/index.ts';
import { useDeviceWays } from './device-queries.ts';
import { deviceMessages } from './messages.ts';

/** Ways over HTTP carry the key in the address. */
const PATHS: Partial<Record<DeviceProtocol, string>> = {
  osmand: '/api/osmand/',
  owntracks: '/api/owntracks/',
  json: '/api/positions/',
};
const JSON_EXAMPLE = '{"time":"2026-03-01T20:15:00+08:00","lon":104.06,"lat":30.63,"speedKmh":12}';

/** What is typed into the device: an address with the key, or the key alone. */
export function addressOf(protocol: DeviceProtocol | null, key: string): string {
  const path = protocol === null ? undefined : PATHS[protocol];
  return path === undefined ? key : `${window.location.origin}${path}${key}`;
}

/** What to do in the device, by its protocol. */
export function DeviceSetup({ device: { protocol, identifier, mqttUser } }: { device: Device }) {
  const t = useMessages(deviceMessages);
  const { data: ways } = useDeviceWays();
  const id = identifier;
  const said = (): string => {
    switch (protocol) {
      case 'osmand':
        return t('setupOsmand');
      case 'owntracks':
        return t('setupOwntracks');
      case 'owntracks_mqtt':
        return `${t('setupMqtt', { user: mqttUser ?? '', id })}${ways?.mqtt === false ? ` ${t('setupMqttOff')}` : ''}`;
      case 'json':
        return t('setupJson', { example: JSON_EXAMPLE });
      case 'gb28181':
        return t('setupGb28181', { url: `${window.location.origin}/api/gb28181/positions`, id });
      case 'jt808':
        return ways?.jt808Port === null
          ? t('setupJt808Off')
          : t('setupJt808', { host: window.location.hostname, port: ways?.jt808Port ?? '…', id });
      case null:
        return t('setupAny');
    }
  };
  return <p>{said()}</p>;
}
