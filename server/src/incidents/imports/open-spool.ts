import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ImportMapping } from '@xunfang/geo-data/contract';

const READ_BYTES = 1 << 20;

export interface SpoolReader {
  /** The text as UTF-8 bytes without byte order mark, whatever the file's compression and encoding. */
  chunks: AsyncIterable<Buffer>;
  /** Bytes of the file read so far: what a progress bar shows. */
  bytesRead(): number;
  close(): void;
}

/** gzip is known by its first two bytes, not by a name. */
async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(2);
    await file.read(head, 0, 2, 0);
    return head[0] === 0x1f && head[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/** Bytes as they are after decompression. */
export async function openBytes(path: string): Promise<SpoolReader> {
  const file = createReadStream(path, { highWaterMark: READ_BYTES });
  const gzip = await isGzip(path);
  const source = gzip ? file.pipe(createGunzip({ chunkSize: READ_BYTES })) : file;
  // A pipe does not hand on errors.
  if (gzip) file.on('error', (error) => source.destroy(error));
  return {
    chunks: source,
    bytesRead: () => file.bytesRead,
    close: () => {
      file.destroy();
      source.destroy();
    },
  };
}

export async function openSpool(path: string, encoding: ImportMapping['encoding']): Promise<SpoolReader> {
  const bytes = await openBytes(path);
  return { ...bytes, chunks: withoutByteOrderMark(encoding === 'utf-8' ? bytes.chunks : transcoded(bytes.chunks)) };
}

async function* withoutByteOrderMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of chunks) {
    const marked = first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    first = false;
    yield marked ? chunk.subarray(3) : chunk;
  }
}

/** The trail bytes of GB18030 include the bar and letters, so delimiters are looked for in UTF-8 only. */
async function* transcoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('gb18030');
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** Counts what passes and fails above a limit. */
export function limitBytes(limit: number, refuse: () => Error): Transform & { passed: number } {
  const counter = Object.assign(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        counter.passed += chunk.length;
        if (counter.passed > limit) done(refuse());
        else done(null, chunk);
      },
    }),
    { passed: 0 },
  );
  return counter;
}
