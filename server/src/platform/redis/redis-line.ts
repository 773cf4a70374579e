import { createClient, RESP_TYPES } from '@redis/client';

/** Two connections to Redis, one to speak and one to listen, that live and break together. */
export interface RedisLine {
  /** The rows as one message to everyone, and each row under its key as the last known. */
  send(message: Buffer, rows: Buffer, rowBytes: number, keptSeconds: number): Promise<void>;
  lastKnown(): Promise<Buffer[]>;
  close(): void;
}

const CONNECT_TIMEOUT_MS = 2000;
/** The client gives up only what it has not written yet: a Redis that takes questions and never answers must not hold us. */
const ANSWER_TIMEOUT_MS = 5000;
const KEY_BYTES = 4;
const AS_BYTES = { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } };

/**
 * Connects, or rejects within seconds. It never connects again by itself and queues nothing while it is broken: whoever uses it opens a
 * new one and tells everything again, which is simpler to be right about than what an old queue may still hold.
 */
export async function openRedisLine(
  url: string,
  topic: string,
  on: { take: (message: Buffer) => void; broken: (cause: unknown) => void },
): Promise<RedisLine> {
  const open = () =>
    createClient({
      url,
      RESP: 2,
      disableOfflineQueue: true,
      disableClientInfo: true,
      maintNotifications: 'disabled',
      socket: { connectTimeout: CONNECT_TIMEOUT_MS, reconnectStrategy: false },
    });
  const speaker = open();
  const listener = open();
  let closed = false;
  function close(): void {
    closed = true;
    for (const client of [speaker, listener]) if (client.isOpen) client.destroy();
  }
  const broken = (cause: unknown) => {
    if (closed) return;
    close();
    on.broken(cause);
  };
  let opening = true;
  // Without a listener an error would end the process. While it opens, the caller hears of it by the rejection.
  for (const client of [speaker, listener])
    client.on('error', (cause) => {
      if (!opening) broken(cause);
    });
  try {
    await inTime(Promise.all([speaker.connect(), listener.connect()]));
    await inTime(listener.subscribe(topic, on.take, true));
  } catch (cause) {
    close();
    throw cause;
  }
  opening = false;
  for (const client of [speaker, listener]) client.on('end', () => broken(new Error('Redis closed the connection.')));
  const lastKey = `${topic}:last`;
  return {
    close,
    lastKnown: () => inTime(speaker.sendCommand<Buffer[]>(['HVALS', lastKey], AS_BYTES)),
    async send(message, rows, rowBytes, keptSeconds) {
      // In one turn: the client sends the commands together.
      const sent: Promise<unknown>[] = [speaker.sendCommand(['PUBLISH', topic, message])];
      const fields: Buffer[] = [];
      for (let at = 0; at < rows.length; at += rowBytes)
        fields.push(rows.subarray(at, at + KEY_BYTES), rows.subarray(at, at + rowBytes));
      if (fields.length > 0) sent.push(speaker.sendCommand(['HSET', lastKey, ...fields]));
      sent.push(speaker.sendCommand(['EXPIRE', lastKey, String(keptSeconds)]));
      await inTime(Promise.all(sent));
    },
  };
}

async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis did not answer for ${ANSWER_TIMEOUT_MS} ms.`)), ANSWER_TIMEOUT_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
