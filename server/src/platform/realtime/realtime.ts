import type { Server as HttpServer } from 'node:http';
import {
  CLIENT_EVENT_ROLES,
  type ClientToServerEvents,
  type DraftServerEvents,
  SERVER_EVENT_ROLES,
  type ServerToClientEvents,
  type WatchAnswer,
} from '@xunfang/geo-data/contract';
import type { FastifyBaseLogger } from 'fastify';
import { sql } from 'kysely';
import { Server, type Socket } from 'socket.io';
import type { BureauDirectory } from '../access/bureau-directory.ts';
import {
  type AccountCaller,
  type FindCaller,
  rolesAnywhere,
  rolesIn,
  SESSION_COOKIE,
  seesEveryBureau,
} from '../access/caller.ts';
import { isOwnOrigin } from '../access/origin.ts';
import type { Db } from '../database/open-database.ts';
import { languageOf, messageOf } from '../http/messages.ts';
import type { LiveEvents, Outbox } from '../outbox/outbox.ts';
import { audienceOf, type EventAudience, knownAudiences } from './event-audience.ts';
import { createDraftRooms, type DraftRooms } from './draft-rooms.ts';
import { sendSnapshot } from './send-snapshot.ts';
import { cutOffIfBehind, QUEUE_LIMITS, type QueueLimits, queueOf } from './slow-sockets.ts';

type ServerEvent = keyof ServerToClientEvents;
/** What is soon said again: told to whoever is there. Changes of what is stored go through the outbox (`appendEvents`). */
type PassingEvent = Exclude<ServerEvent, 'positions:frame' | 'server:time' | 'bureau:events' | keyof DraftServerEvents>;

export interface Realtime {
  /** To those who watch the bureau now and whose role may hear the event. */
  toBureau<Event extends PassingEvent>(
    bureauId: number,
    event: Event,
    ...payload: Parameters<ServerToClientEvents[Event]>
  ): void;
  /** Committed events, in their order, from the outbox: to this process's consoles of the bureau, each what its role hears. */
  eventsToBureau(bureauId: number, live: LiveEvents): void;
  /** To this process's consoles. One that cannot keep up gets the newest frame, never a queue. */
  frameToBureau(bureauId: number, frame: Uint8Array): void;
  /** Those who have a plan's draft open. */
  drafts: Pick<DraftRooms, 'serve' | 'tell'>;
  /** How many sockets would get a frame: nobody watching, nothing to encode. */
  watchers(bureauId: number): number;
  connections(): number;
  /** What waits in the server for consoles that are behind. */
  queuedBytes(): number;
  /** Connections ended because the console did not read. */
  cutOff(): number;
  /** Frames that consoles did not get because something still waited for them. */
  framesPassedOver(): number;
  /** A session that ended takes its sockets with it. */
  disconnectSession(sessionId: string): void;
  disconnectAccount(accountId: number): void;
  close(): Promise<void>;
}

interface RealtimeDeps {
  findCaller: FindCaller;
  bureaus: BureauDirectory;
  publicOrigin: string | null;
  db: Db;
  outbox: Outbox;
  queueLimits?: QueueLimits;
  log: FastifyBaseLogger;
  parseCookie(header: string): Record<string, string>;
}
export type Io = Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>;
export type ConsoleSocket = Socket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>;
interface SocketData {
  caller: AccountCaller;
  sessionToken: string;
  language: 'zh' | 'en';
  /** Watching and leaving, one after the other: the last asked for is what holds. */
  turn: Promise<unknown>;
}

const TIME_INTERVAL_MS = 1000;
/** How long a socket may outlive a session that ended without telling (expiry, another process). */
const SESSION_CHECK_MS = 60_000;
const eventRoom = (bureauId: number, event: ServerEvent) => `bureau:${bureauId}:${event}`;
const audienceRoom = (bureauId: number, { key }: EventAudience) => `bureau:${bureauId}:events:${key}`;
const sessionRoom = (sessionId: string) => `session:${sessionId}`;
const accountRoom = (accountId: number) => `account:${accountId}`;

export function createRealtime(httpServer: HttpServer, deps: RealtimeDeps): Realtime {
  const io: Io = new Server(httpServer, {
    path: '/socket.io',
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: 16_384,
    allowRequest: (request, decide) => decide(null, isOwnOrigin(request.headers, deps.publicOrigin)),
  });

  const drafts = createDraftRooms(io, { log: deps.log, guard: guardRoom });
  /** Of the bureaus that somebody has watched here. */
  const slugs = new Map<number, string>();

  io.use((socket, next) => {
    const { headers } = socket.handshake;
    const sessionToken = deps.parseCookie(headers.cookie ?? '')[SESSION_COOKIE];
    const language = languageOf(headers['accept-language']);
    deps.findCaller({ sessionToken, apiKey: undefined }).then(
      (caller) => {
        if (caller.kind !== 'account' || sessionToken === undefined) {
          next(new Error('NOT_SIGNED_IN'));
          return;
        }
        socket.data = { caller, sessionToken, language, turn: Promise.resolve() };
        next();
      },
      (cause: unknown) => {
        deps.log.error({ err: cause }, 'socket handshake failed');
        next(new Error('DATABASE_DOWN'));
      },
    );
  });

  io.on('connection', (socket) => {
    const { caller, language } = socket.data;
    void socket.join([sessionRoom(caller.sessionId), accountRoom(caller.accountId)]);
    const refusal = (code: string, params: Record<string, string> = {}) =>
      ({ ok: false, code, message: messageOf(code, language, params).message }) as const;
    const leaveBureau = () => {
      for (const room of socket.rooms) if (room.startsWith('bureau:')) void socket.leave(room);
    };
    // The adapter would remember a socket that is gone for ever.
    const join = (room: string) => {
      if (socket.connected) void socket.join(room);
    };
    // The gate of what consoles send: each event is let through by its roles, and answered even when refused.
    socket.use(([event, ...rest], next) => {
      const roles = CLIENT_EVENT_ROLES[event as keyof ClientToServerEvents];
      const acknowledge: unknown = rest.at(-1);
      if (roles !== undefined && rolesAnywhere(caller).some((role) => roles.includes(role))) next();
      else if (typeof acknowledge === 'function')
        (acknowledge as (answer: unknown) => void)(refusal('ROLE_REFUSED', { roles: roles?.join(', ') ?? '—' }));
    });
    drafts.connect(socket, refusal);

    const watch = async (slug: string, lastSeq: number | null): Promise<WatchAnswer> => {
      const bureau = await deps.bureaus.bySlug(slug);
      const roles = bureau === undefined ? [] : rolesIn(caller, bureau.id);
      if (bureau === undefined || roles.length === 0)
        return refusal(bureau === undefined && seesEveryBureau(caller) ? 'BUREAU_UNKNOWN' : 'BUREAU_REFUSED', {
          bureau: slug,
        });
      slugs.set(bureau.id, bureau.slug);
      leaveBureau();
      // Positions do not wait for the events: they come from memory.
      for (const [event, hearers] of Object.entries(SERVER_EVENT_ROLES))
        if (roles.some((role) => hearers.includes(role))) join(eventRoom(bureau.id, event as ServerEvent));
      const audience = audienceOf(roles);
      const { events, upTo, more, expired } = await deps.outbox.missed(bureau.id, lastSeq);
      // Live events overtook the reading: the console asks for those in between before it hears the next.
      const behind = more || deps.outbox.delivered(bureau.id) > upTo;
      // No wait between the comparison and the joining: whatever is delivered from now on begins at or before `upTo`.
      if (!behind) join(audienceRoom(bureau.id, audience));
      const reload = lastSeq === null || expired;
      const batch = { bureau: slug, after: lastSeq ?? upTo, upTo, events: audience.select(events) };
      return { ok: true, batch, more: behind, reload };
    };
    socket.on('bureau:watch', (message, acknowledge) => {
      if (typeof acknowledge !== 'function' || typeof message?.bureau !== 'string') return;
      const { bureau, lastSeq } = message;
      const from = Number.isSafeInteger(lastSeq) && (lastSeq ?? -1) >= 0 ? lastSeq : null;
      socket.data.turn = socket.data.turn
        .then(() => watch(bureau, from))
        .catch((cause: unknown) => {
          deps.log.error({ err: cause }, 'bureau:watch failed');
          return refusal('DATABASE_DOWN');
        })
        .then((answer) => {
          acknowledge(answer);
          guard(socket);
        });
    });
    socket.on('bureau:leave', (acknowledge) => {
      socket.data.turn = socket.data.turn.then(() => {
        leaveBureau();
        if (typeof acknowledge === 'function') acknowledge({ ok: true });
      });
    });
  });

  const queueLimits = deps.queueLimits ?? QUEUE_LIMITS;
  let cutOffs = 0;
  let passedOver = 0;
  function guard(socket: ConsoleSocket): void {
    if (!cutOffIfBehind(socket, queueLimits)) return;
    cutOffs++;
    deps.log.warn({ account: socket.data.caller.accountId }, 'a console that did not read was cut off');
  }
  /** After something was sent: do those of the room read? */
  function guardRoom(room: string): void {
    for (const socket of socketsOf(room)) guard(socket);
  }
  function* socketsOf(room: string): Iterable<ConsoleSocket> {
    const { adapter, sockets } = io.of('/');
    for (const id of adapter.rooms.get(room) ?? []) {
      const socket = sockets.get(id);
      if (socket !== undefined) yield socket;
    }
  }

  let databaseOk = true;
  const clock = setInterval(() => {
    if (io.of('/').sockets.size === 0) return;
    io.volatile.emit('server:time', { nowMs: Date.now(), databaseOk });
    // The answer travels with the next tick, so that a hanging database does not stop the clock.
    sql`SELECT 1`.execute(deps.db).then(
      () => (databaseOk = true),
      () => (databaseOk = false),
    );
  }, TIME_INTERVAL_MS);
  const sessionCheck = setInterval(() => void endStaleSockets(), SESSION_CHECK_MS);
  clock.unref();
  sessionCheck.unref();

  async function endStaleSockets(): Promise<void> {
    for (const socket of await io.local.fetchSockets()) {
      const caller = await deps
        .findCaller({ sessionToken: socket.data.sessionToken, apiKey: undefined, unattended: true })
        .catch(() => null);
      if (caller?.kind === 'nobody') socket.disconnect(true);
    }
  }

  return {
    toBureau: (bureauId, event, ...payload) => {
      const room = eventRoom(bureauId, event);
      io.to(room).emit(event, ...payload);
      guardRoom(room);
    },
    eventsToBureau: (bureauId, { after, upTo, events }) => {
      const bureau = slugs.get(bureauId);
      if (bureau === undefined) return;
      for (const audience of knownAudiences()) {
        const room = audienceRoom(bureauId, audience);
        if (!io.of('/').adapter.rooms.has(room)) continue;
        // Every process reads the outbox: each tells its own.
        io.local.to(room).emit('bureau:events', { bureau, after, upTo, events: audience.select(events) });
        guardRoom(room);
      }
    },
    frameToBureau: (bureauId, frame) => {
      passedOver += sendSnapshot(socketsOf(eventRoom(bureauId, 'positions:frame')), 'positions:frame', frame);
    },
    drafts,
    watchers: (bureauId) => io.of('/').adapter.rooms.get(eventRoom(bureauId, 'positions:frame'))?.size ?? 0,
    connections: () => io.of('/').sockets.size,
    queuedBytes: () => [...io.of('/').sockets.values()].reduce((sum, socket) => sum + queueOf(socket).bytes, 0),
    cutOff: () => cutOffs,
    framesPassedOver: () => passedOver,
    disconnectSession: (sessionId) => io.in(sessionRoom(sessionId)).disconnectSockets(true),
    disconnectAccount: (accountId) => io.in(accountRoom(accountId)).disconnectSockets(true),
    close: async () => {
      clearInterval(clock);
      clearInterval(sessionCheck);
      await io.close();
    },
  };
}
