import { createFix, type DeviceAdapter, DeviceMessageError } from './device-adapter.ts';
import { degrees, type Fields, identifierText, isRecord, optionalNumber, timeMs } from './message-fields.ts';

/** The standard's times carry no offset and are Beijing's. */
const BEIJING = '+08:00';

const fix = createFix();

/**
 * MobilePosition of GB/T 28181 as a video gateway hands it on in JSON, the XML's element names kept, bare or within `Notify`:
 * DeviceID (20 digits), Time, Longitude, Latitude, Speed (km/h), Direction (degrees from north), Altitude (metres, not kept).
 * Values may be texts, as XML has nothing else.
 */
export const gb28181Adapter: DeviceAdapter<unknown> = {
  protocol: 'gb28181',
  identifierOf: (item) => identifierText(fieldsOf(item)?.DeviceID),
  decode(item, _nowMs, report) {
    const fields = fieldsOf(item);
    if (fields === undefined) throw new DeviceMessageError('item', 'an object', item);
    const { CmdType } = fields;
    if (CmdType !== undefined && CmdType !== 'MobilePosition')
      throw new DeviceMessageError('CmdType', 'MobilePosition', CmdType);
    fix.lon = degrees('Longitude', fields.Longitude, 180);
    fix.lat = degrees('Latitude', fields.Latitude, 90);
    fix.fixedAtMs = timeMs('Time', fields.Time, BEIJING);
    fix.speedKmh = optionalNumber('Speed', fields.Speed);
    fix.headingDegrees = optionalNumber('Direction', fields.Direction);
    report(fix);
  },
};

function fieldsOf(item: unknown): Fields | undefined {
  if (!isRecord(item)) return undefined;
  return isRecord(item.Notify) ? item.Notify : item;
}
