import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { readReplies } from './terminal-frames.ts';

/** A terminal on a real TCP connection. */
export interface TerminalClient {
  socket: Socket;
  send(bytes: Uint8Array): void;
  /** The next frame of the platform that has not been asked for yet. */
  reply(): Promise<ReturnType<typeof readReplies>[number]>;
  /** Sends, and gives the result of the general reply. */
  ask(frame: Uint8Array): Promise<number | undefined>;
  closed: Promise<unknown>;
}

export async function connectTerminal(port: number): Promise<TerminalClient> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  let received = Buffer.alloc(0);
  let read = 0;
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
  });
  socket.on('error', () => {});
  async function reply() {
    for (;;) {
      const whole = received.subarray(0, received.lastIndexOf(0x7e) + 1);
      const replies = received.filter((byte) => byte === 0x7e).length % 2 === 0 ? readReplies(whole) : [];
      if (replies.length > read) return replies[read++];
      await once(socket, 'data', { signal: AbortSignal.timeout(10_000) });
    }
  }
  return {
    socket,
    send: (bytes) => void socket.write(bytes),
    reply,
    async ask(frame) {
      socket.write(frame);
      return (await reply()).body[4];
    },
    closed: once(socket, 'close'),
  };
}
