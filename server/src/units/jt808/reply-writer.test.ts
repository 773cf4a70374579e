import { describe, expect, it } from 'vitest';
import { createReplyWriter } from './reply-writer.ts';
import { readReplies } from './testing/terminal-frames.ts';

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
const to2013 = { edition2019: false, protocolVersion: 0, phone: Buffer.from('013912345678', 'hex') };
const to2019 = { edition2019: true, protocolVersion: 1, phone: Buffer.from('00000000013912345678', 'hex') };

describe('reply writer', () => {
  it('writes the general reply byte by byte', () => {
    const writer = createReplyWriter();
    writer.general(to2013, 7, 0x0102, 0x0200, 0);
    // flag · 8001 · length 5 · phone · sequence 7 · of 0102, of 0200, result 0 · checksum · flag
    expect(hex(writer.take())).toBe(`7e8001000501391234567800070102020000b27e`);
    expect(writer.take()).toBeUndefined();
  });

  it('escapes flags and escapes, the checksum too', () => {
    const writer = createReplyWriter();
    for (let sequence = 0; sequence < 512; sequence++) writer.general(to2013, sequence, 0x7e7d, 0x7d7e, 2);
    const replies = readReplies(writer.take() ?? new Uint8Array());
    expect(replies.length).toBe(512);
    expect(replies.every(({ body }, i) => replies[i].sequence === i && hex(body) === '7e7d7d7e02')).toBe(true);
  });

  it('answers the edition of 2019 in its own header', () => {
    const writer = createReplyWriter();
    writer.registration(to2019, 1, 9, 0, 'abc');
    const bytes = writer.take() ?? new Uint8Array();
    expect(hex(bytes)).toMatch(/^7e81004006010000000001391234567800010009/);
    expect(readReplies(bytes)[0].body).toEqual(Uint8Array.from([0, 9, 0, 0x61, 0x62, 0x63]));
  });

  it('gives a code only with a good registration, and counts resends as each edition does', () => {
    const writer = createReplyWriter();
    writer.registration(to2013, 1, 9, 3, 'secret');
    writer.resend(to2013, 2, 0x0102, [2, 5]);
    writer.resend(to2019, 3, 0x0102, [2, 5]);
    expect(readReplies(writer.take() ?? new Uint8Array()).map(({ body }) => hex(body))).toEqual([
      '000903',
      '01020200020005',
      '0102000200020005',
    ]);
  });
});
