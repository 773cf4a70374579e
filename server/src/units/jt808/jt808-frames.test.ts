import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBcdTimeMs } from './bcd.ts';
import { createFrameSplitter } from './frame-splitter.ts';
import type { FrameFault } from './jt808-message.ts';
import { readLocationBatch } from './location-batch.ts';
import { createLocationReport, type LocationReport, readLocationReport } from './location-report.ts';
import { createMessageHeader, type MessageHeader, readMessageHeader } from './message-header.ts';

/** 83 messages of real terminals, vendors' peculiarities and damage included; see fixtures/PROVENANCE.md. */
interface Known {
  hex: string;
  decodedIndependently: {
    frame_ok: boolean;
    checksum_ok?: boolean;
    length_ok?: boolean;
    msg_id?: string;
    subpackage?: boolean;
    version_flag?: boolean;
    protocol_version?: number;
    terminal_phone_bcd?: string;
    seq?: number;
    body_len_actual?: number;
    location?: {
      alarm: string;
      status: string;
      fixed: boolean;
      lat: number;
      lon: number;
      altitude_m: number;
      speed_kmh: number;
      course: number;
      time_bcd_yymmddhhmmss: string;
      items: { id: string; len: number; hex: string }[];
      items_parsed_cleanly: boolean;
    };
  };
}
const { frames } = JSON.parse(readFileSync(new URL('./fixtures/jt808-frames.json', import.meta.url), 'utf8')) as {
  frames: Known[];
};

interface Candidate {
  bytes: Uint8Array;
  header: MessageHeader;
  fault: FrameFault | undefined;
}
function candidatesOf(hex: string): Candidate[] {
  const candidates: Candidate[] = [];
  const splitter = createFrameSplitter(
    (shared, length) => {
      const header = createMessageHeader();
      const bytes = shared.slice(0, length);
      candidates.push({ bytes, header, fault: readMessageHeader(bytes, length, header) });
    },
    () => candidates.push({ bytes: new Uint8Array(), header: createMessageHeader(), fault: 'overlong' }),
  );
  splitter.push(asSent(Buffer.from(hex, 'hex')));
  return candidates;
}

/** Four of them were written down after the escapes were taken back: a flag stands in the middle. */
function asSent(bytes: Buffer): Uint8Array {
  const content = bytes.subarray(1, -1);
  if (!content.includes(0x7e)) return bytes;
  const escaped = [...content].flatMap((byte) => (byte === 0x7e ? [0x7d, 2] : byte === 0x7d ? [0x7d, 1] : [byte]));
  return Uint8Array.from([0x7e, ...escaped, 0x7e]);
}

const sound = frames.filter(({ decodedIndependently: known }) => known.checksum_ok && known.length_ok);
const damaged = frames.filter(({ decodedIndependently: known }) => !(known.checksum_ok && known.length_ok));

describe('messages of real terminals', () => {
  it('are all there', () => {
    expect([frames.length, sound.length, damaged.length]).toEqual([83, 74, 9]);
  });

  it('have the header that was read independently', () => {
    for (const { hex, decodedIndependently: known } of sound) {
      const [{ bytes, header, fault }, ...more] = candidatesOf(hex);
      expect([fault, more.length]).toEqual([undefined, 0]);
      expect({
        msg_id: `0x${header.messageId.toString(16).padStart(4, '0')}`,
        subpackage: header.packages > 0,
        version_flag: header.edition2019,
        terminal_phone_bcd: Buffer.from(bytes.subarray(header.phoneStart, header.phoneEnd)).toString('hex'),
        seq: header.sequence,
        body_len_actual: header.bodyEnd - header.bodyStart,
      }).toEqual({
        msg_id: known.msg_id,
        subpackage: known.subpackage,
        version_flag: known.version_flag,
        terminal_phone_bcd: known.terminal_phone_bcd,
        seq: known.seq,
        body_len_actual: known.body_len_actual,
      });
      expect(header.protocolVersion).toBe(known.protocol_version ?? 0);
    }
  });

  it('are at the place, time and speed that was read independently', () => {
    const located = sound.filter(({ decodedIndependently: known }) => known.location !== undefined);
    expect(located.length).toBe(50);
    const report = createLocationReport();
    for (const { hex, decodedIndependently } of located) {
      const known = decodedIndependently.location as NonNullable<typeof decodedIndependently.location>;
      const [{ bytes, header }] = candidatesOf(hex);
      expect(readLocationReport(bytes, header.bodyStart, header.bodyEnd, report)).toBe(true);
      expect([report.alarm, report.status]).toEqual([Number(known.alarm), Number(known.status)]);
      expect([report.lon, report.lat]).toEqual([known.lon, known.lat]);
      expect([report.located, report.altitudeMeters, report.speedKmh]).toEqual([
        known.fixed,
        known.altitude_m,
        known.speed_kmh,
      ]);
      expect(report.headingDegrees).toBe(known.course % 360);
      expect(report.fixedAtMs).toBe(timeOf(known.time_bcd_yymmddhhmmss));
      expect(report.itemsWhole).toBe(known.items_parsed_cleanly);
      expect([report.mileageKm, report.fuelLitres, report.recorderSpeedKmh]).toEqual([
        itemOf(known.items, '0x01', 4) / 10,
        itemOf(known.items, '0x02', 2) / 10,
        itemOf(known.items, '0x03', 2) / 10,
      ]);
      expect([report.signalStrength, report.satellites]).toEqual([
        itemOf(known.items, '0x30', 1),
        itemOf(known.items, '0x31', 1),
      ]);
    }
  });

  it('are batches of as many reports as they say, in the order of their times', () => {
    const batches = sound.filter(({ decodedIndependently: known }) => known.msg_id === '0x0704');
    expect(batches.length).toBe(8);
    const report: LocationReport = createLocationReport();
    for (const { hex } of batches) {
      const [{ bytes, header }] = candidatesOf(hex);
      const times: number[] = [];
      readLocationBatch(bytes, header.bodyStart, header.bodyEnd, report, () => times.push(report.fixedAtMs));
      expect(times.length).toBe((bytes[header.bodyStart] << 8) | bytes[header.bodyStart + 1]);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
  });

  it('are refused when damaged, with the reason', () => {
    for (const { hex, decodedIndependently: known } of damaged) {
      const faults = candidatesOf(hex).map(({ fault }) => fault);
      expect(faults).not.toContain(undefined);
      if (known.checksum_ok === true) expect(faults).toEqual(['length']);
    }
  });
});

/** NaN where the item is missing. */
function itemOf(items: readonly { id: string; len: number; hex: string }[], id: string, length: number): number {
  const item = items.findLast((one) => one.id === id && one.len === length);
  return item === undefined ? Number.NaN : Number.parseInt(item.hex, 16);
}

function timeOf(yymmddhhmmss: string): number {
  const [yy, mm, dd, h, m, s] = yymmddhhmmss.match(/../g) ?? [];
  return Date.parse(`20${yy}-${mm}-${dd}T${h}:${m}:${s}+08:00`);
}

describe('the time of a terminal', () => {
  const read = (hex: string) => readBcdTimeMs(Buffer.from(hex, 'hex'), 0);
  it('is at GMT+8', () => {
    expect(read('261123000001')).toBe(Date.UTC(2026, 10, 22, 16, 0, 1));
    expect(read('240229235959')).toBe(Date.UTC(2024, 1, 29, 15, 59, 59));
  });
  it.each([
    '000000000000',
    '260229000000',
    '261301000000',
    '260431000000',
    '261123240000',
    '2611230a0000',
    'ffffffffffff',
  ])('is none: %s', (hex) => expect(read(hex)).toBeNaN());
});
