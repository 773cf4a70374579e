import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { TRACK_COLUMNS } from '../units/index.ts';

const ManifestSchema = Type.Object({
  format: Type.Literal('xunfang-track-archive'),
  version: Type.Literal(1),
  /** UTC. */
  day: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  part: Type.Integer({ minimum: 1 }),
  file: Type.String(),
  columns: Type.Array(Type.String()),
  rows: Type.Integer({ minimum: 1 }),
  minFixedAt: Type.String(),
  maxFixedAt: Type.String(),
  /** Of the CSV as it is after unpacking, head line included. */
  contentSha256: Type.String(),
  /** Of the file as it lies there. */
  fileSha256: Type.String(),
  bytes: Type.Integer({ minimum: 0 }),
});
/** What stands beside an archive file, so that it can be checked and read without this database. */
export type ArchiveManifest = Static<typeof ManifestSchema>;

/** An archive file or its manifest is not what was written. `zh` and `en` say in what. */
export class ArchiveDamagedError extends Error {
  override readonly name = 'ArchiveDamagedError';
  readonly zh: string;
  readonly en: string;
  constructor(zh: string, en: string) {
    super(`The archive is not what was written: ${en}.`);
    this.zh = zh;
    this.en = en;
  }
}

const NEWLINE = 0x0a;
const FIXED_AT_COLUMN = 3;

/** What of a manifest can be found out by reading the file. */
export type ArchiveContent = Pick<
  ArchiveManifest,
  'rows' | 'minFixedAt' | 'maxFixedAt' | 'contentSha256' | 'fileSha256' | 'bytes'
>;

export const manifestPath = (path: string): string => `${path}.json`;

/**
 * Reads an archive file from the disk, unpacks it and tells what is in it: rows counted, first and last time, both checksums. Nothing of what was in
 * memory when it was written is used; what `onRows` is not done with is waited for. O(bytes). Throws an `ArchiveDamagedError` for what cannot be unpacked or is no archive.
 */
export async function readArchive(path: string, onRows?: (csv: Buffer) => Promise<void>): Promise<ArchiveContent> {
  const fileHash = createHash('sha256');
  const contentHash = createHash('sha256');
  const scanner = createCsvScanner();
  let bytes = 0;
  const file = createReadStream(path);
  file.on('data', (chunk) => {
    fileHash.update(chunk);
    bytes += chunk.length;
  });
  try {
    await pipeline(file, createGunzip(), async (unpacked: AsyncIterable<Buffer>) => {
      for await (const chunk of unpacked) {
        contentHash.update(chunk);
        scanner.push(chunk);
        await onRows?.(chunk);
      }
    });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new ArchiveDamagedError('文件不存在', 'the file is missing');
    if (String((cause as NodeJS.ErrnoException).code).startsWith('Z_'))
      throw new ArchiveDamagedError('文件损坏，无法解压', `it cannot be unpacked, ${(cause as Error).message}`);
    throw cause;
  }
  return { ...scanner.finish(), contentSha256: contentHash.digest('hex'), fileSha256: fileHash.digest('hex'), bytes };
}

/** Throws an `ArchiveDamagedError` that names the first thing in which `found` differs from `expected`. */
export function assertSameContent(found: ArchiveContent, expected: ArchiveContent): void {
  for (const key of ['bytes', 'fileSha256', 'rows', 'minFixedAt', 'maxFixedAt', 'contentSha256'] as const)
    if (found[key] !== expected[key])
      throw new ArchiveDamagedError(
        `${key} 为 ${found[key]}，应为 ${expected[key]}`,
        `${key} is ${found[key]} when expected ${expected[key]}`,
      );
}

/** What stands beside an archive file; throws an `ArchiveDamagedError` when nothing does, or something else. */
export async function readManifest(path: string): Promise<ArchiveManifest> {
  const text = await readFile(manifestPath(path), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT')
      throw new ArchiveDamagedError('旁边没有清单（.json）', 'there is no manifest (.json) beside it');
    throw cause;
  });
  const manifest = parsed(text);
  const [fault] = Value.Errors(ManifestSchema, manifest);
  if (fault !== undefined) {
    const field = fault.instancePath.slice(1) || 'JSON';
    throw new ArchiveDamagedError(`清单不可读，字段 ${field}`, `its manifest cannot be read, field ${field}`);
  }
  return manifest as ArchiveManifest;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Written, and on the disk when this resolves. */
export async function writeManifest(path: string, manifest: ArchiveManifest): Promise<void> {
  const file = await open(manifestPath(path), 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The head line is that of `TRACK_COLUMNS`. Counts rows and looks at their times; no field holds a comma, a quote or a line break. */
function createCsvScanner() {
  let pending: Buffer = Buffer.alloc(0);
  let lines = 0;
  let first = '';
  let last = '';

  function line(text: string): void {
    if (lines++ === 0) {
      if (text !== TRACK_COLUMNS.join(','))
        throw new ArchiveDamagedError(`首行为 ${text.slice(0, 200)}`, `the head line is ${text.slice(0, 200)}`);
      return;
    }
    const fields = text.split(',');
    if (fields.length !== TRACK_COLUMNS.length)
      throw new ArchiveDamagedError(
        `第 ${lines} 行有 ${fields.length} 个字段，应为 ${TRACK_COLUMNS.length} 个`,
        `line ${lines} has ${fields.length} fields when expected ${TRACK_COLUMNS.length}`,
      );
    const fixedAt = fields[FIXED_AT_COLUMN];
    if (first === '' || fixedAt < first) first = fixedAt;
    if (fixedAt > last) last = fixedAt;
  }

  return {
    push(chunk: Buffer): void {
      const bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      let at = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, at)) {
        line(bytes.toString('latin1', at, end));
        at = end + 1;
      }
      pending = bytes.subarray(at);
    },
    finish() {
      if (pending.length > 0) throw new ArchiveDamagedError('最后一行不完整', 'the last line has no end');
      return { rows: Math.max(0, lines - 1), minFixedAt: first, maxFixedAt: last };
    },
  };
}
