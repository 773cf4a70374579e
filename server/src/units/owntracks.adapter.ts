import { createFix, type DeviceAdapter, DeviceMessageError } from './device-adapter.ts';
import { degrees, isRecord, optionalNumber, timeMs } from './message-fields.ts';

/** OwnTracks (https://owntracks.org/booklet/tech/json/): one JSON object a message, over HTTP or over MQTT. */
export interface OwnTracksMessage {
  /** Over MQTT: `owntracks/<user>/<device>`. */
  topic?: string;
  payload: unknown;
}

const fix = createFix();

/** The user and the device of a topic; undefined for one of another form. */
export function partsOfTopic(topic: string): { user: string; device: string } | undefined {
  const [root, user, device, ...rest] = topic.split('/');
  return root === 'owntracks' && user && device && rest.length === 0 ? { user, device } : undefined;
}

/** Reads `location`; every other type (transition, waypoint, card, lwt, encrypted …) holds no position to follow and is passed over. */
export const ownTracksAdapter: DeviceAdapter<OwnTracksMessage> = {
  protocol: 'owntracks',
  identifierOf: ({ topic }) => (topic === undefined ? undefined : partsOfTopic(topic)?.device),
  decode({ payload }, _nowMs, report) {
    if (!isRecord(payload)) throw new DeviceMessageError('body', 'a JSON object', payload);
    const { _type: type } = payload;
    if (typeof type !== 'string') throw new DeviceMessageError('_type', 'a text', type);
    if (type !== 'location') return;
    fix.lat = degrees('lat', payload.lat, 90);
    fix.lon = degrees('lon', payload.lon, 180);
    fix.fixedAtMs = timeMs('tst', payload.tst);
    fix.speedKmh = optionalNumber('vel', payload.vel);
    fix.headingDegrees = optionalNumber('cog', payload.cog);
    fix.accuracyMeters = optionalNumber('acc', payload.acc);
    report(fix);
  },
};
