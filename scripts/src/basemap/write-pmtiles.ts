import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { tileIdOf } from './tile-id.ts';

export interface Tile {
  z: number;
  x: number;
  y: number;
  /** Gzip-compressed vector tile. */
  data: Uint8Array;
}

export interface ArchiveInfo {
  minZoom: number;
  maxZoom: number;
  /** West, south, east, north in degrees. */
  bounds: readonly [number, number, number, number];
  metadata: Record<string, unknown>;
}

interface Entry {
  tileId: number;
  /** Tiles with this content in a row; 0 marks a leaf directory. */
  runLength: number;
  offset: number;
  length: number;
}

const HEADER_BYTES = 127;
/** A reader fetches the first 16 KiB in one request: header and root directory must fit. */
const ROOT_BYTES = 16_384 - HEADER_BYTES;
const LEAF_ENTRIES = 4096;
const GZIP = 2;
const MVT = 1;

/**
 * A PMTiles v3 archive of vector tiles: ordered along the curve ("clustered"), equal tiles stored once, runs of equal
 * neighbours as one entry, a second level of directories where the first outgrows its place. Deterministic.
 * O(n log n) and the archive in memory. @throws when a tile is given twice.
 */
export function writePmtiles(tiles: readonly Tile[], info: ArchiveInfo): Uint8Array {
  const ordered = tiles
    .map(({ z, x, y, data }) => ({ tileId: tileIdOf(z, x, y), data }))
    .sort((a, b) => a.tileId - b.tileId);
  const { entries, contents, contentBytes } = storeTiles(ordered);
  const { root, leaves } = splitDirectory(entries);
  const metadata = gzipSync(JSON.stringify(info.metadata), { level: 9 });
  const header = new DataView(new ArrayBuffer(HEADER_BYTES));
  new Uint8Array(header.buffer).set(new TextEncoder().encode('PMTiles'));
  header.setUint8(7, 3);
  const metadataAt = HEADER_BYTES + root.length;
  const leavesAt = metadataAt + metadata.length;
  const contentsAt = leavesAt + leaves.length;
  const numbers = [
    HEADER_BYTES,
    root.length,
    metadataAt,
    metadata.length,
    leavesAt,
    leaves.length,
    contentsAt,
    contentBytes,
    ordered.length,
    entries.length,
    contents.length,
  ];
  numbers.forEach((value, i) => header.setBigUint64(8 + 8 * i, BigInt(value), true));
  [1, GZIP, GZIP, MVT, info.minZoom, info.maxZoom].forEach((value, i) => header.setUint8(96 + i, value));
  const [west, south, east, north] = info.bounds;
  [west, south, east, north].forEach((degrees, i) => header.setInt32(102 + 4 * i, Math.round(degrees * 1e7), true));
  header.setUint8(118, Math.floor((info.minZoom + info.maxZoom) / 2));
  header.setInt32(119, Math.round(((west + east) / 2) * 1e7), true);
  header.setInt32(123, Math.round(((south + north) / 2) * 1e7), true);
  return Buffer.concat([new Uint8Array(header.buffer), root, metadata, leaves, ...contents]);
}

function storeTiles(ordered: readonly { tileId: number; data: Uint8Array }[]): {
  entries: Entry[];
  contents: Uint8Array[];
  contentBytes: number;
} {
  const entries: Entry[] = [];
  const contents: Uint8Array[] = [];
  const offsetOf = new Map<string, number>();
  let contentBytes = 0;
  for (const { tileId, data } of ordered) {
    const digest = createHash('sha256').update(data).digest('base64');
    let offset = offsetOf.get(digest);
    if (offset === undefined) {
      offset = contentBytes;
      offsetOf.set(digest, offset);
      contents.push(data);
      contentBytes += data.length;
    }
    const last = entries.at(-1);
    if (last && tileId < last.tileId + last.runLength) throw new Error(`Tile ${tileId} was given twice.`);
    if (last && last.offset === offset && tileId === last.tileId + last.runLength) last.runLength++;
    else entries.push({ tileId, runLength: 1, offset, length: data.length });
  }
  return { entries, contents, contentBytes };
}

function splitDirectory(entries: readonly Entry[]): { root: Uint8Array; leaves: Uint8Array } {
  const root = serialiseDirectory(entries);
  if (root.length <= ROOT_BYTES) return { root, leaves: new Uint8Array() };
  for (let leafEntries = LEAF_ENTRIES; ; leafEntries *= 2) {
    const leaves: Uint8Array[] = [];
    const pointers: Entry[] = [];
    let offset = 0;
    for (let start = 0; start < entries.length; start += leafEntries) {
      const leaf = serialiseDirectory(entries.slice(start, start + leafEntries));
      pointers.push({ tileId: entries[start].tileId, runLength: 0, offset, length: leaf.length });
      leaves.push(leaf);
      offset += leaf.length;
    }
    const pointerRoot = serialiseDirectory(pointers);
    if (pointerRoot.length <= ROOT_BYTES) return { root: pointerRoot, leaves: Buffer.concat(leaves) };
  }
}

/** Columns of variable-length integers: ids as differences, run lengths, lengths, offsets (0 = right after the one before). */
function serialiseDirectory(entries: readonly Entry[]): Uint8Array {
  const bytes: number[] = [];
  const push = (value: number): void => {
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
    bytes.push(rest);
  };
  push(entries.length);
  entries.forEach(({ tileId }, i) => push(i === 0 ? tileId : tileId - entries[i - 1].tileId));
  for (const { runLength } of entries) push(runLength);
  for (const { length } of entries) push(length);
  entries.forEach(({ offset }, i) => {
    const previous = entries[i - 1];
    push(previous && offset === previous.offset + previous.length ? 0 : offset + 1);
  });
  return gzipSync(Uint8Array.from(bytes), { level: 9 });
}
