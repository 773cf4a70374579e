import type { Socket } from 'socket.io';

type AnySocket = Pick<Socket, 'conn'>;
interface PacketOptions {
  compress: false;
  /** Of engine.io and socket.io's own adapter, which prepares texts the same way; not in their types. */
  wsPreEncodedFrame: [Uint8Array, Uint8Array];
}

const TEXT = 0x81;
const BINARY = 0x82;

/**
 * Sends one binary event to many sockets: what socket.io would make of it (a text that announces one attachment, then the attachment)
 * is prepared once as WebSocket frames, and each socket costs one write of two shared buffers. Newest wins: a socket for which anything
 * still waits in the process is passed over. Unlike `volatile`, one that merely got something else in this very moment is not.
 * Returns how many were passed over. O(sockets), nothing copied but the announcement.
 */
export function sendSnapshot(sockets: Iterable<AnySocket>, event: string, payload: Uint8Array): number {
  // engine.io message 4, socket.io binary event 5, one attachment.
  const announcement = `451-${JSON.stringify([event, { _placeholder: true, num: 0 }])}`;
  const text = Buffer.from(announcement);
  const head = Buffer.concat([frameHead(TEXT, text.length), text, frameHead(BINARY, payload.length)]);
  let passedOver = 0;
  for (const { conn } of sockets) {
    const { writeBuffer } = conn as unknown as { writeBuffer: readonly unknown[] };
    if (writeBuffer.length > 0) passedOver++;
    else if (conn.transport.name === 'websocket') {
      // Each its own: engine.io writes into it.
      const options: PacketOptions = { compress: false, wsPreEncodedFrame: [head, payload] };
      conn.write(payload, options);
    } else {
      conn.write(announcement.slice(1));
      conn.write(payload);
    }
  }
  return passedOver;
}

/** RFC 6455, 5.2: final, not masked. */
function frameHead(kind: number, length: number): Uint8Array {
  if (length < 126) return Uint8Array.of(kind, length);
  if (length < 65_536) return Uint8Array.of(kind, 126, length >> 8, length & 255);
  const head = new Uint8Array(10);
  head[0] = kind;
  head[1] = 127;
  new DataView(head.buffer).setBigUint64(2, BigInt(length));
  return head;
}
