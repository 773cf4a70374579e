import type { ClientToServerEvents, ServerToClientEvents } from '@xunfang/geo-data/contract';
import { io, type Socket } from 'socket.io-client';
import { useLinkState } from './link-state.ts';

type ConsoleSocket = Socket<ServerToClientEvents, ClientToServerEvents>;
type EventName = keyof ServerToClientEvents;

/** Without a word for this long the link counts as lost, whatever the transport believes: the server speaks once a second. */
const SILENCE_MS = 5000;
/** Reconnecting for this long is being offline. */
const OFFLINE_MS = 15_000;

let socket: ConsoleSocket | null = null;
let watched: string | null = null;
let lostAtMs: number | null = null;
let wasConnected = false;
const reconnectListeners = new Set<() => void>();
const handlers: { event: EventName; handler: ServerToClientEvents[EventName] }[] = [];

/** Opens the connection for the signed-in account (its cookie authenticates). Returns how to close it. */
export function openConnection(): () => void {
  const opened: ConsoleSocket = io({
    transports: ['websocket', 'polling'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 3000,
    timeout: 5000,
  });
  socket = opened;
  wasConnected = false;
  for (const { event, handler } of handlers) opened.on(event, handler);
  opened.on('connect', () => {
    heard();
    watchAgain();
    if (wasConnected) for (const listener of reconnectListeners) listener();
    wasConnected = true;
  });
  opened.on('disconnect', (reason) => {
    lost();
    // A server that shuts down says goodbye; socket.io takes that as final and would stay away.
    if (reason === 'io server disconnect') window.setTimeout(() => socket === opened && opened.connect(), 1000);
  });
  opened.on('connect_error', lost);
  opened.onAny(heard);
  opened.on('server:time', ({ nowMs, databaseOk }) =>
    useLinkState.setState({ clockOffsetMs: nowMs - Date.now(), databaseOk }),
  );
  const watchdog = window.setInterval(checkSilence, 1000);
  return () => {
    window.clearInterval(watchdog);
    opened.close();
    socket = null;
    lostAtMs = null;
    useLinkState.setState({ link: 'connecting', lastMessageAtMs: null });
  };
}

/** From now on hear this bureau; said again by itself after every reconnect. */
export function watchBureau(slug: string | null): void {
  watched = slug;
  watchAgain();
}

export function onServerEvent<Event extends EventName>(event: Event, handler: ServerToClientEvents[Event]): () => void {
  const entry = { event, handler };
  handlers.push(entry);
  socket?.on(event, handler as never);
  return () => {
    handlers.splice(handlers.indexOf(entry), 1);
    socket?.off(event, handler as never);
  };
}

/** After a gap: reliable messages may have been missed, so ask for what is true now. */
export function onReconnect(listener: () => void): () => void {
  reconnectListeners.add(listener);
  return () => reconnectListeners.delete(listener);
}

function watchAgain(): void {
  if (socket?.connected && watched)
    socket.emit('bureau:watch', { bureau: watched }, (answer) => {
      if (!answer.ok) console.warn(`bureau:watch ${answer.code}: ${answer.message}`);
    });
}

function heard(): void {
  lostAtMs = null;
  useLinkState.setState({ link: 'connected', lastMessageAtMs: Date.now() });
}

function lost(): void {
  lostAtMs ??= Date.now();
  useLinkState.setState({ link: Date.now() - lostAtMs > OFFLINE_MS ? 'offline' : 'reconnecting' });
}

function checkSilence(): void {
  const { link, lastMessageAtMs } = useLinkState.getState();
  const silent = lastMessageAtMs !== null && Date.now() - lastMessageAtMs > SILENCE_MS;
  if (silent || link === 'reconnecting') lost();
}
