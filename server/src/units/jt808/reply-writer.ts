import { REPLY, type Result } from './jt808-message.ts';

/** To whom a reply goes, and as which edition; taken from the message it answers. */
export interface ReplyAddress {
  edition2019: boolean;
  protocolVersion: number;
  /** As in the message, 6 or 10 bytes. */
  phone: Uint8Array;
}

/** Collects the replies to one chunk, so that they leave in one write. One serves all connections. */
export interface ReplyWriter {
  general(to: ReplyAddress, sequence: number, ofSequence: number, ofMessage: number, result: Result): void;
  /** `code` is sent only with a result of 0. */
  registration(to: ReplyAddress, sequence: number, ofSequence: number, result: number, code: string): void;
  /** Asks for sub-packages that did not come. */
  resend(to: ReplyAddress, sequence: number, firstSequence: number, indexes: readonly number[]): void;
  /** What was collected, in memory of its own; undefined when nothing was. */
  take(): Uint8Array | undefined;
}

const FLAG = 0x7e;
const ESCAPE = 0x7d;
const EDITION_2019 = 0x4000;
const FIRST_BYTES = 4096;
/** The longest reply, every byte escaped: a list of 255 indexes. */
const MAX_REPLY_BYTES = 2 * (2 + 21 + 3 + 255 * 2);
/** The list of the edition of 2013 counts in one byte. */
export const MAX_RESEND = 255;

export function createReplyWriter(): ReplyWriter {
  let out = new Uint8Array(FIRST_BYTES);
  let length = 0;
  let checksum = 0;

  function u8(byte: number): void {
    checksum ^= byte;
    if (byte === FLAG || byte === ESCAPE) {
      out[length++] = ESCAPE;
      out[length++] = byte === FLAG ? 2 : 1;
    } else out[length++] = byte;
  }
  function u16(value: number): void {
    u8((value >> 8) & 0xff);
    u8(value & 0xff);
  }
  function begin(to: ReplyAddress, messageId: number, bodyBytes: number, sequence: number): void {
    if (out.length - length < MAX_REPLY_BYTES) {
      const larger = new Uint8Array(out.length * 2);
      larger.set(out);
      out = larger;
    }
    checksum = 0;
    out[length++] = FLAG;
    u16(messageId);
    u16(to.edition2019 ? bodyBytes | EDITION_2019 : bodyBytes);
    if (to.edition2019) u8(to.protocolVersion);
    for (const byte of to.phone) u8(byte);
    u16(sequence);
  }
  function end(): void {
    u8(checksum);
    out[length++] = FLAG;
  }

  return {
    general(to, sequence, ofSequence, ofMessage, result) {
      begin(to, REPLY.general, 5, sequence);
      u16(ofSequence);
      u16(ofMessage);
      u8(result);
      end();
    },
    registration(to, sequence, ofSequence, result, code) {
      const text = result === 0 ? Buffer.from(code, 'latin1') : new Uint8Array();
      begin(to, REPLY.registration, 3 + text.length, sequence);
      u16(ofSequence);
      u8(result);
      for (const byte of text) u8(byte);
      end();
    },
    resend(to, sequence, firstSequence, indexes) {
      const count = Math.min(indexes.length, MAX_RESEND);
      begin(to, REPLY.resend, (to.edition2019 ? 4 : 3) + count * 2, sequence);
      u16(firstSequence);
      if (to.edition2019) u16(count);
      else u8(count);
      for (let i = 0; i < count; i++) u16(indexes[i]);
      end();
    },
    take() {
      if (length === 0) return undefined;
      const taken = out.slice(0, length);
      length = 0;
      return taken;
    },
  };
}
