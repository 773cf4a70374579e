import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { Sql } from '../database/open-database.ts';

/** What the processes of one installation tell each other in passing. Nothing here is kept: what must not be lost goes through the outbox. */
export interface NoticeTopics {
  'session:ended': { sessionId: string };
  'account:ended': { accountId: number };
  /** An event for the consoles of a bureau that is soon said again. */
  'console:told': { bureauId: number; event: string; payload: unknown[] };
  'import:cancelled': { importId: number };
  'devices:changed': Record<string, never>;
}
export type NoticeTopic = keyof NoticeTopics;

export interface Notices {
  /** To the other processes; this one has done its part. Never rejects: without a database nobody hears. */
  tell<Topic extends NoticeTopic>(topic: Topic, body: NoticeTopics[Topic]): void;
  on<Topic extends NoticeTopic>(topic: Topic, handle: (body: NoticeTopics[Topic]) => void): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const CHANNEL = 'notices';
/** PostgreSQL takes less than 8000 bytes. */
const LARGEST_BYTES = 7900;

/** LISTEN and NOTIFY of the database that all processes have anyway. */
export function createNotices({ sql, log }: { sql: Sql; log: FastifyBaseLogger }): Notices {
  const self = randomUUID();
  const handlers = new Map<NoticeTopic, ((body: never) => void)[]>();
  let listening: { unlisten(): Promise<void> } | undefined;
  let stopped = false;

  function take(text: string): void {
    const { from, topic, body } = JSON.parse(text) as { from: string; topic: NoticeTopic; body: never };
    if (from === self || stopped) return;
    for (const handle of handlers.get(topic) ?? []) handle(body);
  }

  return {
    tell(topic, body) {
      const text = JSON.stringify({ from: self, topic, body });
      if (Buffer.byteLength(text) > LARGEST_BYTES) {
        log.warn({ topic }, 'a notice is too long for the other processes');
        return;
      }
      sql.notify(CHANNEL, text).catch((cause: unknown) => log.warn({ err: cause, topic }, 'a notice was not sent'));
    },
    on(topic, handle) {
      const known = handlers.get(topic) ?? [];
      handlers.set(topic, [...known, handle]);
    },
    async start() {
      listening = await sql.listen(CHANNEL, (text) => {
        try {
          take(text);
        } catch (cause) {
          log.warn({ err: cause }, 'a notice was not understood');
        }
      });
    },
    async stop() {
      stopped = true;
      await listening?.unlisten().catch(() => {});
    },
  };
}
