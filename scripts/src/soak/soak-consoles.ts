import { setTimeout as delay } from 'node:timers/promises';
import { createPositionColumns, decodePositionFrame } from '@xunfang/geo-data/contract';
import { io, type Socket } from 'socket.io-client';

export interface ConsoleCounts {
  frames: number;
  /** Numbers of the stream that a connected console did not get. */
  droppedFrames: number;
  restarts: number;
  /** Connections that ended and were not ended by us. */
  lost: number;
  /** Connections or watches refused, frames that could not be read. */
  errors: number;
  firstError: string | null;
}
export interface SoakConsoles {
  counts(): ConsoleCounts;
  stop(): Promise<void>;
}

const LARGEST_ROSTER = 65_535;

/**
 * Consoles that watch a bureau and are closed and opened again at random: each lives for an exponentially distributed time and comes
 * back within two seconds; every second one goes without a goodbye, as a desk that loses its power.
 */
export function startSoakConsoles(
  { url, bureau, cookie }: { url: string; bureau: string; cookie: string },
  consoles: number,
  meanLifeSeconds: number,
): SoakConsoles {
  const counts: ConsoleCounts = { frames: 0, droppedFrames: 0, restarts: 0, lost: 0, errors: 0, firstError: null };
  const columns = createPositionColumns(LARGEST_ROSTER);
  const stopping = new AbortController();
  const { signal } = stopping;
  const fail = (what: string) => {
    counts.errors++;
    counts.firstError ??= what;
  };

  function listen(socket: Socket): void {
    let last: { stream: number; sequence: number } | null = null;
    socket.on('positions:frame', (bytes: Uint8Array) => {
      try {
        const frame = decodePositionFrame(Uint8Array.from(bytes).buffer, columns);
        counts.frames++;
        if (last?.stream === frame.stream) counts.droppedFrames += frame.sequence - last.sequence - 1;
        last = frame;
      } catch (cause) {
        fail(String(cause));
      }
    });
  }

  async function live(socket: Socket): Promise<void> {
    const lifeMs = -Math.log(1 - Math.random()) * meanLifeSeconds * 1000;
    const lost = new Promise<'lost'>((resolve) => socket.once('disconnect', () => resolve('lost')));
    const end = await Promise.race([delay(lifeMs, 'lived', { signal }).catch(() => 'stopped'), lost]);
    if (end === 'lost') counts.lost++;
    if (end === 'lived' && Math.random() < 0.5) cut(socket);
    socket.disconnect();
  }

  async function one(): Promise<void> {
    for (let first = true; !signal.aborted; first = false) {
      const socket = io(url, {
        extraHeaders: { cookie },
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
      });
      listen(socket);
      try {
        await connected(socket, signal);
        const answer = (await socket.timeout(10_000).emitWithAck('bureau:watch', { bureau, lastSeq: null })) as {
          ok: boolean;
          code?: string;
        };
        if (!answer.ok) fail(`watching was refused: ${answer.code}`);
        if (!first) counts.restarts++;
        await live(socket);
      } catch (cause) {
        if (!signal.aborted) fail(String(cause));
        socket.disconnect();
      }
      await delay(Math.random() * 2000, null, { signal }).catch(() => {});
    }
  }

  const running = Array.from({ length: consoles }, one);
  return {
    counts: () => ({ ...counts }),
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

function connected(socket: Socket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
    signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
  });
}

function cut(socket: Socket): void {
  const { ws } = (socket.io.engine?.transport ?? {}) as { ws?: { terminate(): void } };
  ws?.terminate();
}
