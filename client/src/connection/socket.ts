import {
  type ClientToServerEvents,
  createEventFollower,
  type NumberedEvent,
  type ReliableEventName,
  type ReliableEvents,
  type ServerToClientEvents,
} from '@xunfang/geo-data/contract';
import { io, type Socket } from 'socket.io-client';
import { useLinkState } from './link-state.ts';
import { queryClient } from './query-client.ts';

type ConsoleSocket = Socket<ServerToClientEvents, ClientToServerEvents>;
type PassingEvents = Omit<ServerToClientEvents, 'bureau:events'>;
/** What a folder may listen to. A reliable event says which bureau it is of: while one is loading, that is not the one on screen. */
type ServerEvents = PassingEvents & {
  [Event in ReliableEventName]: (message: ReliableEvents[Event], bureau: string) => void;
};
type EventName = keyof ServerEvents;

/** Without a word for this long the link counts as lost, whatever the transport believes: the server speaks once a second. */
const SILENCE_MS = 5000;
/** Reconnecting for this long is being offline. */
const OFFLINE_MS = 15_000;
/** How soon to ask again where the server has no database. */
const RETRY_MS = 2000;

let socket: ConsoleSocket | null = null;
/** Both by `performance.now()`: a desk's clock may be set while the link is watched. */
let heardAtMs: number | null = null;
let lostAtMs: number | null = null;
let wasConnected = false;
const reconnectListeners = new Set<() => void>();
const resumedListeners = new Set<(outcome: Resumed) => void>();
const handlers: { event: EventName; handler: ServerEvents[EventName] }[] = [];

/** How a break ended: so many events were missed and applied, or too many, and everything was asked for again. */
export type Resumed = { missed: number } | 'reloaded';

const follower = createEventFollower({
  watch: (message, answered) => {
    if (socket?.connected) socket.emit('bureau:watch', message, answered);
  },
  apply,
  onCaughtUp: (missed) => tellResumed({ missed }),
  onReload: (why) => {
    void queryClient.invalidateQueries();
    if (why === 'expired') tellResumed('reloaded');
  },
  onRefused: ({ code, message }) => {
    console.warn(`bureau:watch ${code}: ${message}`);
    if (code === 'DATABASE_DOWN') window.setTimeout(follower.resume, RETRY_MS);
  },
});

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
  for (const { event, handler } of handlers) opened.on(event as keyof PassingEvents, handler as never);
  opened.on('bureau:events', follower.received);
  opened.on('connect', () => {
    heard();
    follower.resume();
    if (wasConnected) for (const listener of reconnectListeners) listener();
    wasConnected = true;
  });
  opened.on('disconnect', (reason) => {
    lost();
    // A server that shuts down says goodbye; socket.io takes that as final and would stay away.
    if (reason === 'io server disconnect') window.setTimeout(() => socket === opened && opened.connect(), 1000);
  });
  opened.on('connect_error', ({ message }) => {
    lost();
    // A refusal is final to socket.io; without a database the server cannot tell who we are, for now.
    if (message === 'DATABASE_DOWN') window.setTimeout(() => socket === opened && opened.connect(), RETRY_MS);
  });
  opened.onAny(heard);
  opened.on('server:time', ({ nowMs, databaseOk }) =>
    useLinkState.setState({ clockOffsetMs: nowMs - Date.now(), databaseOk }),
  );
  const watchdog = window.setInterval(checkSilence, 1000);
  return () => {
    window.clearInterval(watchdog);
    opened.close();
    follower.forget();
    socket = null;
    heardAtMs = null;
    lostAtMs = null;
    useLinkState.setState({ link: 'connecting', lastMessageAtMs: null });
  };
}

/** From now on hear this bureau; goes on by itself after every break, with what was missed. */
export function watchBureau(slug: string | null): void {
  follower.watch(slug);
}

export function onServerEvent<Event extends EventName>(event: Event, handler: ServerEvents[Event]): () => void {
  const entry = { event, handler };
  handlers.push(entry);
  socket?.on(event as keyof PassingEvents, handler as never);
  return () => {
    handlers.splice(handlers.indexOf(entry), 1);
    socket?.off(event as keyof PassingEvents, handler as never);
  };
}

/** The bureau on screen is true again after a break; called only when something was missed. */
export function onResumed(listener: (outcome: Resumed) => void): () => void {
  resumedListeners.add(listener);
  return () => resumedListeners.delete(listener);
}

/** After a break, for what no reliable event tells: progress that passed meanwhile. */
export function onReconnect(listener: () => void): () => void {
  reconnectListeners.add(listener);
  return () => reconnectListeners.delete(listener);
}

/** One handler that fails must not cost the others the event: it will not come again. */
function apply({ event, payload }: NumberedEvent, bureau: string): void {
  for (const { handler } of handlers.filter((one) => one.event === event)) {
    try {
      (handler as (message: unknown, bureau: string) => void)(payload, bureau);
    } catch (error) {
      console.error(error);
    }
  }
}

function tellResumed(outcome: Resumed): void {
  for (const listener of resumedListeners) listener(outcome);
}

function heard(): void {
  heardAtMs = performance.now();
  lostAtMs = null;
  useLinkState.setState({ link: 'connected', lastMessageAtMs: Date.now() });
}

function lost(): void {
  lostAtMs ??= performance.now();
  useLinkState.setState({ link: performance.now() - lostAtMs > OFFLINE_MS ? 'offline' : 'reconnecting' });
}

function checkSilence(): void {
  const { link } = useLinkState.getState();
  const silent = heardAtMs !== null && performance.now() - heardAtMs > SILENCE_MS;
  if (silent || link === 'reconnecting') lost();
}
