import { describe, expect, it } from 'vitest';
import { sendSnapshot } from './send-snapshot.ts';

interface Written {
  data: unknown;
  options?: { wsPreEncodedFrame: [Uint8Array, Uint8Array] };
}

function fakeSocket(waiting = 0, transport = 'websocket') {
  const written: Written[] = [];
  const conn = {
    writeBuffer: Array.from({ length: waiting }),
    transport: { name: transport },
    write: (data: unknown, options?: Written['options']) => written.push({ data, ...(options ? { options } : {}) }),
  };
  return { socket: { conn } as never, written };
}

/** Splits server frames as RFC 6455 lays them out. */
function framesOf(bytes: Uint8Array): { opcode: number; payload: Uint8Array }[] {
  const frames = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; ) {
    const opcode = bytes[at] & 15;
    const short = bytes[at + 1];
    const [length, head] =
      short < 126 ? [short, 2] : short === 126 ? [view.getUint16(at + 2), 4] : [Number(view.getBigUint64(at + 2)), 10];
    frames.push({ opcode, payload: bytes.subarray(at + head, at + head + length) });
    at += head + length;
  }
  return frames;
}

describe('send snapshot', () => {
  it.each([3, 125, 126, 65_535, 65_536])('sends %i bytes as socket.io would: announced, then attached', (length) => {
    const { socket, written } = fakeSocket();
    const payload = Uint8Array.from({ length }, (_, i) => i);
    expect(sendSnapshot([socket], 'positions:frame', payload)).toBe(0);
    const sent = Buffer.concat(written[0].options?.wsPreEncodedFrame ?? []);
    const [text, binary] = framesOf(sent);
    expect(text.opcode).toBe(1);
    expect(Buffer.from(text.payload).toString()).toBe('451-["positions:frame",{"_placeholder":true,"num":0}]');
    expect(binary.opcode).toBe(2);
    expect(Buffer.from(binary.payload).equals(payload)).toBe(true);
  });

  it('shares what it made among all, and passes over those for whom something waits', () => {
    const [a, behind, b] = [fakeSocket(), fakeSocket(1), fakeSocket()];
    const payload = Uint8Array.of(1, 2, 3);
    expect(sendSnapshot([a.socket, behind.socket, b.socket], 'x', payload)).toBe(1);
    expect(behind.written).toEqual([]);
    expect(a.written[0].options?.wsPreEncodedFrame[0]).toBe(b.written[0].options?.wsPreEncodedFrame[0]);
    expect(a.written[0].options?.wsPreEncodedFrame[1]).toBe(payload);
    expect(a.written[0].options).not.toBe(b.written[0].options);
  });

  it('leaves the framing to engine.io where there is no WebSocket', () => {
    const { socket, written } = fakeSocket(0, 'polling');
    const payload = Uint8Array.of(1);
    sendSnapshot([socket], 'x', payload);
    expect(written).toEqual([{ data: '51-["x",{"_placeholder":true,"num":0}]' }, { data: payload }]);
  });
});
