import type { ClientToServerEvents, NumberedEvent, ServerToClientEvents } from '@xunfang/geo-data/contract';
import { io, type Socket } from 'socket.io-client';
import type { TestSession } from './test-app.ts';

export interface ConnectedConsole {
  socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  /** What it has heard of its bureau's stored changes. */
  events: NumberedEvent[];
  close(): void;
}

/** A console over a real socket, watching a bureau. */
export async function connectConsole(origin: string, session: TestSession, bureau: string): Promise<ConnectedConsole> {
  const socket: ConnectedConsole['socket'] = io(origin, {
    extraHeaders: { cookie: session.cookie },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });
  const events: NumberedEvent[] = [];
  socket.on('bureau:events', (batch) => void events.push(...batch.events));
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve).on('connect_error', reject);
  });
  const answer = await socket.timeout(10_000).emitWithAck('bureau:watch', { bureau, lastSeq: null });
  if (!answer.ok) throw new Error(`Watching ${bureau} answered ${answer.code}.`);
  return { socket, events, close: () => void socket.disconnect() };
}
