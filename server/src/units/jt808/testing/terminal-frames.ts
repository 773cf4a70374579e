import { MESSAGE } from '../jt808-message.ts';

interface FrameParts {
  id: number;
  phone: string;
  sequence?: number;
  body?: Uint8Array;
  edition2019?: boolean;
  packages?: number;
  packageIndex?: number;
  encryption?: number;
}

/** A frame as a terminal sends it, straight from the standard's table. */
export function terminalFrame(parts: FrameParts): Uint8Array {
  const { id, phone, sequence = 1, body = new Uint8Array(), edition2019 = false, packages = 0 } = parts;
  const properties =
    body.length | ((parts.encryption ?? 0) << 10) | (packages > 0 ? 1 << 13 : 0) | (edition2019 ? 1 << 14 : 0);
  const content = [
    ...u16(id),
    ...u16(properties),
    ...(edition2019 ? [1] : []),
    ...bcd(phone, edition2019 ? 20 : 12),
    ...u16(sequence),
    ...(packages > 0 ? [...u16(packages), ...u16(parts.packageIndex ?? 1)] : []),
    ...body,
  ];
  content.push(content.reduce((sum, byte) => sum ^ byte, 0));
  return Uint8Array.from([
    0x7e,
    ...content.flatMap((byte) => (byte === 0x7e ? [0x7d, 2] : byte === 0x7d ? [0x7d, 1] : [byte])),
    0x7e,
  ]);
}

interface Place {
  lon: number;
  lat: number;
  atMs: number;
  speedKmh?: number;
  headingDegrees?: number;
  alarm?: number;
  /** Bits beside hemisphere and located. */
  status?: number;
  located?: boolean;
  items?: readonly number[];
}

/** The body of 0x0200. */
export function locationBody(place: Place): Uint8Array {
  const { lon, lat, atMs, speedKmh = 0, headingDegrees = 0, alarm = 0, located = true, items = [] } = place;
  const status = (place.status ?? 0) | (located ? 2 : 0) | (lat < 0 ? 4 : 0) | (lon < 0 ? 8 : 0);
  const time = new Date(atMs + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(2, 14);
  return Uint8Array.from([
    ...u32(alarm),
    ...u32(status),
    ...u32(Math.round(Math.abs(lat) * 1e6)),
    ...u32(Math.round(Math.abs(lon) * 1e6)),
    ...u16(500),
    ...u16(Math.round(speedKmh * 10)),
    ...u16(headingDegrees),
    ...bcd(time, 12),
    ...items,
  ]);
}

/** The body of 0x0704 with what was kept while there was no network. */
export function batchBody(reports: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from([
    ...u16(reports.length),
    1,
    ...reports.flatMap((report) => [...u16(report.length), ...report]),
  ]);
}

export const authenticationFrame = (phone: string, code: string, sequence = 1): Uint8Array =>
  terminalFrame({ id: MESSAGE.authentication, phone, sequence, body: Buffer.from(code) });

/** 0x0100 of a terminal with this id (edition 2013), from a car of Beijing. */
export function registrationFrame(phone: string, terminalId: string): Uint8Array {
  const body = Buffer.alloc(45);
  body.write(terminalId, 29, 'latin1');
  Buffer.from('bea9413132333435', 'hex').copy(body, 37);
  return terminalFrame({ id: MESSAGE.registration, phone, sequence: 1, body });
}

interface Reply {
  id: number;
  phone: string;
  sequence: number;
  body: Uint8Array;
}

/** What the platform sent, frame by frame. Throws where a reply breaks the standard: it reads as a terminal would. */
export function readReplies(bytes: Uint8Array): Reply[] {
  const text = Buffer.from(bytes).toString('latin1');
  if (text !== '' && !/^(\x7e[^\x7e]+\x7e)+$/.test(text)) throw new Error('Replies are not framed by flags.');
  return text
    .split('\x7e')
    .filter((frame) => frame !== '')
    .map((frame) =>
      readReply(Buffer.from(frame.replaceAll('\x7d\x02', '\x7e').replaceAll('\x7d\x01', '\x7d'), 'latin1')),
    );
}

function readReply(frame: Buffer): Reply {
  if (frame.reduce((sum, byte) => sum ^ byte, 0) !== 0) throw new Error('A reply has a wrong checksum.');
  const edition2019 = (frame[2] & 0x40) !== 0;
  const phoneAt = edition2019 ? 5 : 4;
  const bodyAt = phoneAt + (edition2019 ? 12 : 8);
  const body = Uint8Array.from(frame.subarray(bodyAt, -1));
  if (body.length !== (frame.readUInt16BE(2) & 0x3ff)) throw new Error('A reply has a wrong length.');
  return {
    id: frame.readUInt16BE(0),
    phone: frame.toString('hex', phoneAt, bodyAt - 2),
    sequence: frame.readUInt16BE(bodyAt - 2),
    body,
  };
}

/** `[sequence, message, result]` of general replies. */
export const generalReplies = (bytes: Uint8Array): [number, number, number][] =>
  readReplies(bytes)
    .filter(({ id }) => id === 0x8001)
    .map(({ body }) => [(body[0] << 8) | body[1], (body[2] << 8) | body[3], body[4]]);

const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];
const bcd = (digits: string, width: number): number[] => [...Buffer.from(digits.padStart(width, '0'), 'hex')];
