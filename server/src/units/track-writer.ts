import type { Fix } from './device-adapter.ts';
import {
  appendTrackRow,
  chunkIsFull,
  copyBytesOf,
  createTrackChunk,
  type TrackChunk,
  type TrackOwner,
} from './track-chunk.ts';
import type { TracksRepository } from './tracks.repository.ts';

export interface TrackWriter {
  /** Beside the path of live positions: some bytes into a buffer, nothing awaited. */
  add(device: TrackOwner, unitId: number, fix: Fix, statusCode: number, receivedAtMs: number): void;
  /** Writes what is waiting; resolves when it is stored, or could not be and waits on. */
  flush(): Promise<void>;
  stats: () => TrackWriterStats;
  start(): Promise<void>;
  /** Stops the clock and writes what is left. */
  stop(): Promise<void>;
}

export interface TrackWriterStats {
  waitingRows: number;
  writtenRows: number;
  /** Lost because the database was away for longer than the buffer lasts. */
  droppedRows: number;
}

interface TrackWriterOptions {
  tracks: Pick<TracksRepository, 'ensureDays' | 'copy'>;
  onError: (cause: unknown, waitingRows: number) => void;
  flushIntervalMs?: number;
  /** 256 chunks are 64 MiB, about 640,000 fixes. */
  maxChunks?: number;
}

const DAY_MS = 86_400_000;
const DAYS_AHEAD = 2;
const FLUSH_INTERVAL_MS = 1000;
const MAX_RETRY_DELAY_MS = 30_000;

/** Batches fixes to the day partitions by binary COPY. While the database is away rows wait in memory, then the oldest go. */
export function createTrackWriter({
  tracks,
  onError,
  flushIntervalMs = FLUSH_INTERVAL_MS,
  maxChunks = 256,
}: TrackWriterOptions): TrackWriter {
  const waiting: TrackChunk[] = [];
  const partitions = new Set<number>();
  let writtenRows = 0;
  let droppedRows = 0;
  let retryAtMs = 0;
  let retryDelayMs = 0;
  let flushing: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  function chunkWithRoom(): TrackChunk {
    const last = waiting.at(-1);
    if (last !== undefined && !chunkIsFull(last)) return last;
    const chunk = createTrackChunk();
    waiting.push(chunk);
    if (waiting.length > maxChunks) droppedRows += waiting.shift()?.rows ?? 0;
    return chunk;
  }

  async function ensurePartitions(days: Iterable<number>): Promise<void> {
    const missing = [...days].filter((day) => !partitions.has(day));
    if (missing.length === 0) return;
    await tracks.ensureDays(missing);
    for (const day of missing) partitions.add(day);
  }

  function daysAhead(): number[] {
    const today = Math.floor(Date.now() / DAY_MS);
    return Array.from({ length: DAYS_AHEAD + 1 }, (_, ahead) => today + ahead);
  }

  async function writeWaiting(): Promise<void> {
    await ensurePartitions(daysAhead());
    while (waiting.length > 0) {
      // Taken out while it is written: fixes that arrive meanwhile go to another chunk, and dropping cannot touch it.
      const chunk = waiting.shift() as TrackChunk;
      try {
        await ensurePartitions(chunk.days);
        await tracks.copy(copyBytesOf(chunk));
        writtenRows += chunk.rows;
      } catch (cause) {
        waiting.unshift(chunk);
        throw cause;
      }
    }
  }

  async function tryToWrite(): Promise<void> {
    try {
      await writeWaiting();
      retryDelayMs = 0;
    } catch (cause) {
      // The database may be another one when it comes back.
      partitions.clear();
      retryDelayMs = Math.min(MAX_RETRY_DELAY_MS, Math.max(flushIntervalMs, retryDelayMs * 2));
      retryAtMs = performance.now() + retryDelayMs;
      onError(cause, waitingRows());
    }
  }

  const waitingRows = () => waiting.reduce((sum, chunk) => sum + chunk.rows, 0);

  function flush(): Promise<void> {
    flushing ??= tryToWrite().finally(() => {
      flushing = undefined;
    });
    return flushing;
  }

  return {
    add(device, unitId, fix, statusCode, receivedAtMs) {
      appendTrackRow(chunkWithRoom(), device, unitId, fix, statusCode, receivedAtMs);
    },
    flush,
    stats: () => ({ waitingRows: waitingRows(), writtenRows, droppedRows }),
    async start() {
      await flush();
      timer = setInterval(() => {
        if (performance.now() >= retryAtMs) void flush();
      }, flushIntervalMs);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      // One that is under way may have passed over what arrived since.
      await flush();
      if (waiting.length > 0) await flush();
    },
  };
}
