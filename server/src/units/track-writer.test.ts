import { describe, expect, it } from 'vitest';
import { createFix } from './device-adapter.ts';
import { createTrackWriter } from './track-writer.ts';

const OWNER = { id: 3, bureauId: 1 };
const NOON_MS = Date.UTC(2026, 10, 23, 12);
const DAY_MS = 86_400_000;
const dayOf = (ms: number) => Math.floor(ms / DAY_MS);

/** Rows of a COPY stream: behind 19 bytes of header, before 2 of trailer, 92 bytes each with their three unknowns. */
const rowsIn = (bytes: Buffer) => (bytes.length - 19 - 2) / 92;

function setUp(options: { maxChunks?: number } = {}) {
  const copies: Buffer[] = [];
  const days = new Set<number>();
  const errors: number[] = [];
  const database = { up: true };
  const failWhenDown = () => {
    if (!database.up) throw new Error('connection refused');
  };
  const writer = createTrackWriter({
    ...options,
    tracks: {
      ensureDays: async (wanted) => {
        failWhenDown();
        for (const day of wanted) days.add(day);
      },
      copy: async (bytes) => {
        await new Promise((resolve) => setImmediate(resolve));
        failWhenDown();
        copies.push(Buffer.from(bytes));
      },
    },
    onError: (_cause, waitingRows) => errors.push(waitingRows),
  });
  const add = (fixedAtMs = NOON_MS) =>
    writer.add(OWNER, 11, { ...createFix(), lon: 104, lat: 30, fixedAtMs }, 1, NOON_MS);
  return { writer, copies, days, errors, database, add };
}

describe('track writer', () => {
  it('writes what waits as one batch, and nothing twice', async () => {
    const { writer, copies, add } = setUp();
    for (let i = 0; i < 100; i++) add();
    await writer.flush();
    await writer.flush();
    expect(copies.map(rowsIn)).toEqual([100]);
    expect(writer.stats()).toEqual({ waitingRows: 0, writtenRows: 100, droppedRows: 0 });
  });

  it('makes partitions ahead, and for late fixes', async () => {
    const { writer, days, add } = setUp();
    add(NOON_MS - 9 * DAY_MS);
    await writer.flush();
    const today = dayOf(Date.now());
    expect(days).toEqual(new Set([today, today + 1, today + 2, dayOf(NOON_MS) - 9]));
  });

  it('keeps rows while the database is away and writes them all when it is back', async () => {
    const { writer, copies, errors, database, add } = setUp();
    database.up = false;
    for (let i = 0; i < 10; i++) add();
    await writer.flush();
    for (let i = 0; i < 5; i++) add();
    await writer.flush();
    expect(errors).toEqual([10, 15]);
    expect(writer.stats().waitingRows).toBe(15);
    database.up = true;
    await writer.flush();
    expect(copies.map(rowsIn)).toEqual([15]);
    expect(writer.stats()).toEqual({ waitingRows: 0, writtenRows: 15, droppedRows: 0 });
  });

  it('takes in rows while a batch is on its way', async () => {
    const { writer, copies, add } = setUp();
    add();
    const flushed = writer.flush();
    add();
    await flushed;
    await writer.stop();
    expect(copies.reduce((sum, bytes) => sum + rowsIn(bytes), 0)).toBe(2);
  });

  it('drops the oldest, and counts them, when it holds all it may', async () => {
    const { writer, copies, database, add } = setUp({ maxChunks: 2 });
    database.up = false;
    for (let i = 0; i < 9000; i++) add();
    const { waitingRows, droppedRows } = writer.stats();
    expect(droppedRows).toBeGreaterThan(0);
    expect(waitingRows + droppedRows).toBe(9000);
    database.up = true;
    await writer.flush();
    expect(copies.reduce((sum, bytes) => sum + rowsIn(bytes), 0)).toBe(waitingRows);
  });
});
