import type { Server as HttpServer } from 'node:http';
import {
  CLIENT_EVENT_ROLES,
  type ClientToServerEvents,
  SERVER_EVENT_ROLES,
  type ServerToClientEvents,
} from '@xunfang/geo-data/contract';
import type { FastifyBaseLogger } from 'fastify';
import { sql } from 'kysely';
import { Server } from 'socket.io';
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

type ServerEvent = keyof ServerToClientEvents;
/** Events about one bureau; the others go to everybody. */
type BureauEvent = Exclude<ServerEvent, 'positions:frame' | 'server:time'>;

export interface Realtime {
  /** Reliable; to those who watch the bureau and whose role may hear the event. */
  toBureau<Event extends BureauEvent>(
    bureauId: number,
    event: Event,
    ...payload: Parameters<ServerToClientEvents[Event]>
  ): void;
  /** Volatile: a console that cannot keep up gets the newest frame, never a queue. */
  frameToBureau(bureauId: number, frame: Uint8Array): void;
  /** How many sockets would get a frame: nobody watching, nothing to encode. */
  watchers(bureauId: number): number;
  connections(): number;
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
  log: FastifyBaseLogger;
  parseCookie(header: string): Record<string, string>;
}
interface SocketData {
  caller: AccountCaller;
  sessionToken: string;
  language: 'zh' | 'en';
}

const TIME_INTERVAL_MS = 1000;
/** How long a socket may outlive a session that ended without telling (expiry, another process). */
const SESSION_CHECK_MS = 60_000;
const eventRoom = (bureauId: number, event: ServerEvent) => `bureau:${bureauId}:${event}`;
const sessionRoom = (sessionId: string) => `session:${sessionId}`;
const accountRoom = (accountId: number) => `account:${accountId}`;

export function createRealtime(httpServer: HttpServer, deps: RealtimeDeps): Realtime {
  const io = new Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>(httpServer, {
    path: '/socket.io',
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: 16_384,
    allowRequest: (request, decide) => decide(null, isOwnOrigin(request.headers, deps.publicOrigin)),
  });

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
        socket.data = { caller, sessionToken, language };
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
    // The gate of what consoles send: each event is let through by its roles, and answered even when refused.
    socket.use(([event, ...rest], next) => {
      const roles = CLIENT_EVENT_ROLES[event as keyof ClientToServerEvents];
      const acknowledge: unknown = rest.at(-1);
      if (roles !== undefined && rolesAnywhere(caller).some((role) => roles.includes(role))) next();
      else if (typeof acknowledge === 'function')
        (acknowledge as (answer: unknown) => void)(refusal('ROLE_REFUSED', { roles: roles?.join(', ') ?? '—' }));
    });
    socket.on('bureau:watch', async (message, acknowledge) => {
      if (typeof acknowledge !== 'function' || typeof message?.bureau !== 'string') return;
      try {
        const bureau = await deps.bureaus.bySlug(message.bureau);
        const roles = bureau === undefined ? [] : rolesIn(caller, bureau.id);
        if (bureau === undefined || roles.length === 0) {
          const code = bureau === undefined && seesEveryBureau(caller) ? 'BUREAU_UNKNOWN' : 'BUREAU_REFUSED';
          acknowledge(refusal(code, { bureau: message.bureau }));
          return;
        }
        leaveBureau();
        for (const [event, hearers] of Object.entries(SERVER_EVENT_ROLES))
          if (roles.some((role) => hearers.includes(role)))
            void socket.join(eventRoom(bureau.id, event as ServerEvent));
        acknowledge({ ok: true });
      } catch (cause) {
        deps.log.error({ err: cause }, 'bureau:watch failed');
        acknowledge(refusal('DATABASE_DOWN'));
      }
    });
    socket.on('bureau:leave', (acknowledge) => {
      leaveBureau();
      if (typeof acknowledge === 'function') acknowledge({ ok: true });
    });
  });

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
      io.to(eventRoom(bureauId, event)).emit(event, ...payload);
    },
    frameToBureau: (bureauId, frame) => {
      io.to(eventRoom(bureauId, 'positions:frame')).volatile.emit('positions:frame', frame as unknown as ArrayBuffer);
    },
    watchers: (bureauId) => io.of('/').adapter.rooms.get(eventRoom(bureauId, 'positions:frame'))?.size ?? 0,
    connections: () => io.of('/').sockets.size,
    disconnectSession: (sessionId) => io.in(sessionRoom(sessionId)).disconnectSockets(true),
    disconnectAccount: (accountId) => io.in(accountRoom(accountId)).disconnectSockets(true),
    close: async () => {
      clearInterval(clock);
      clearInterval(sessionCheck);
      await io.close();
    },
  };
}
