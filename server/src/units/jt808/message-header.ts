import type { FrameFault } from './jt808-message.ts';

/** Where the parts of one frame stand; one object is filled for frame after frame. */
export interface MessageHeader {
  messageId: number;
  sequence: number;
  /** The 2019 edition: a version byte, ten bytes of phone number. */
  edition2019: boolean;
  protocolVersion: number;
  /** 0: plain; anything else names a cipher (bits 10 to 12). */
  encryption: number;
  phoneStart: number;
  phoneEnd: number;
  /** Sub-packages of the message, 0: it is whole. */
  packages: number;
  /** From 1. */
  packageIndex: number;
  bodyStart: number;
  bodyEnd: number;
}

const LENGTH_MASK = 0x3ff;
const SUB_PACKAGES = 0x2000;
const EDITION_2019 = 0x4000;
const CHECKSUM_BYTES = 1;

export function createMessageHeader(): MessageHeader {
  return {
    messageId: 0,
    sequence: 0,
    edition2019: false,
    protocolVersion: 0,
    encryption: 0,
    phoneStart: 0,
    phoneEnd: 0,
    packages: 0,
    packageIndex: 0,
    bodyStart: 0,
    bodyEnd: 0,
  };
}

/**
 * Reads the header of an unescaped frame (without flags, with checksum) into `into` and checks the frame.
 * A frame with a wrong checksum or length has a header that can be answered; one that is too short has none. O(length).
 */
export function readMessageHeader(bytes: Uint8Array, length: number, into: MessageHeader): FrameFault | undefined {
  if (length < 4) return 'short';
  const properties = (bytes[2] << 8) | bytes[3];
  const edition2019 = (properties & EDITION_2019) !== 0;
  const inPackages = (properties & SUB_PACKAGES) !== 0;
  const phoneStart = edition2019 ? 5 : 4;
  const phoneEnd = phoneStart + (edition2019 ? 10 : 6);
  const bodyStart = phoneEnd + (inPackages ? 6 : 2);
  if (length < bodyStart + CHECKSUM_BYTES) return 'short';
  into.messageId = (bytes[0] << 8) | bytes[1];
  into.edition2019 = edition2019;
  into.protocolVersion = edition2019 ? bytes[4] : 0;
  into.encryption = (properties >> 10) & 7;
  into.phoneStart = phoneStart;
  into.phoneEnd = phoneEnd;
  into.sequence = (bytes[phoneEnd] << 8) | bytes[phoneEnd + 1];
  into.packages = inPackages ? (bytes[phoneEnd + 2] << 8) | bytes[phoneEnd + 3] : 0;
  into.packageIndex = inPackages ? (bytes[phoneEnd + 4] << 8) | bytes[phoneEnd + 5] : 0;
  into.bodyStart = bodyStart;
  into.bodyEnd = length - CHECKSUM_BYTES;
  let checksum = 0;
  for (let i = 0; i < length; i++) checksum ^= bytes[i];
  if (checksum !== 0) return 'checksum';
  if (into.bodyEnd - bodyStart !== (properties & LENGTH_MASK)) return 'length';
  return undefined;
}
