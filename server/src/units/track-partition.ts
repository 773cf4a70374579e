import type { Sql } from '../platform/index.ts';

const DAY_MS = 86_400_000;

/** The partition of `track_point` that holds a UTC day, YYYY-MM-DD. */
export function partitionOf(day: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`The day is ${day}, expected YYYY-MM-DD.`);
  return `track_point_${day.replaceAll('-', '')}`;
}

/** Makes the partition of a UTC day unless it is there. */
export async function ensureTrackDay(sql: Sql, day: string): Promise<void> {
  const next = new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
  await sql.unsafe(
    `CREATE TABLE IF NOT EXISTS ${partitionOf(day)} PARTITION OF track_point
       FOR VALUES FROM ('${day} 00:00:00+00') TO ('${next} 00:00:00+00')`,
  );
}
