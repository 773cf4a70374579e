import type { Socket } from 'socket.io';

/** What may wait in the server for one console, beyond what is being written. */
export interface QueueLimits {
  messages: number;
  bytes: number;
}
export const QUEUE_LIMITS: QueueLimits = { messages: 256, bytes: 1 << 20 };

interface Packet {
  data?: string | Uint8Array;
}
type AnySocket = Pick<Socket, 'conn'>;

/** Nothing for whoever reads: packets wait here only while the transport has not written the ones before. */
export function queueOf({ conn }: AnySocket): QueueLimits {
  const waiting = (conn as unknown as { writeBuffer: readonly Packet[] }).writeBuffer;
  let bytes = 0;
  for (const { data } of waiting) bytes += data?.length ?? 0;
  return { messages: waiting.length, bytes };
}

/**
 * Ends the connection of a console that does not read, and frees what waited for it. A farewell would only join the queue: to the
 * console it is a break like any other, after which it resumes from its number. Returns whether it did.
 */
export function cutOffIfBehind(socket: AnySocket, limits: QueueLimits): boolean {
  const { messages, bytes } = queueOf(socket);
  if (messages <= limits.messages && bytes <= limits.bytes) return false;
  const { transport } = socket.conn;
  socket.conn.close(true);
  // A WebSocket would wait half a minute for the other side's goodbye, with all its buffers.
  (transport as unknown as { socket?: { terminate?(): void } }).socket?.terminate?.();
  return true;
}
