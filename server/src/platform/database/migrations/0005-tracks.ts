import { type Kysely, sql } from 'kysely';

/**
 * What of `track_point` lies in files below the data directory. A day has one part, and one more each time fixes came in for it after it was
 * archived. The files hold every bureau's fixes: a day's partition is dropped whole. Not a bureau's rows, so without `bureau_id`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `CREATE TABLE track_archive (
        day text NOT NULL CHECK (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
        part smallint NOT NULL CHECK (part > 0),
        file text NOT NULL UNIQUE,
        rows bigint NOT NULL,
        bytes bigint NOT NULL,
        min_fixed_at timestamptz NOT NULL,
        max_fixed_at timestamptz NOT NULL,
        content_sha256 text NOT NULL,
        file_sha256 text NOT NULL,
        archived_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        restored_until timestamptz,
        PRIMARY KEY (day, part)
      )`,
    )
    .execute(db);
}
