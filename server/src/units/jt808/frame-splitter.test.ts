import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameSplitter } from './frame-splitter.ts';
import { MAX_FRAME_BYTES } from './jt808-message.ts';

const content = fc.uint8Array({ minLength: 1, maxLength: 60 });
const escaped = (bytes: Uint8Array): number[] =>
  [...bytes].flatMap((byte) => (byte === 0x7e ? [0x7d, 2] : byte === 0x7d ? [0x7d, 1] : [byte]));

function split(chunks: Iterable<Uint8Array>) {
  const frames: string[] = [];
  let overlong = 0;
  let mostWaiting = 0;
  const splitter = createFrameSplitter(
    (bytes, length) => frames.push(Buffer.from(bytes.subarray(0, length)).toString('hex')),
    () => overlong++,
  );
  for (const chunk of chunks) {
    splitter.push(chunk);
    mostWaiting = Math.max(mostWaiting, splitter.waitingBytes());
  }
  return { frames, overlong, mostWaiting, waiting: splitter.waitingBytes() };
}
function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length];
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

describe('frame splitter', () => {
  it('gives the same frames however the stream is cut, with one flag or two between them', () => {
    fc.assert(
      fc.property(
        fc.array(content, { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        fc.boolean(),
        (contents, sizes, shareFlags) => {
          const stream = contents.flatMap((bytes) => [...(shareFlags ? [] : [0x7e]), ...escaped(bytes), 0x7e]);
          const { frames, overlong, waiting } = split(cut(Uint8Array.from([0x7e, ...stream]), sizes));
          expect(frames).toEqual(contents.map((bytes) => Buffer.from(bytes).toString('hex')));
          expect([overlong, waiting]).toEqual([0, 0]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('holds no more than one frame of what never ends, and goes on at the next flag', () => {
    const endless = new Uint8Array(10 * MAX_FRAME_BYTES).fill(0x31);
    const { frames, overlong, mostWaiting } = split([
      ...cut(Uint8Array.from([0x7e, ...endless]), [700]),
      Uint8Array.from([0x7e, 0x7e, 1, 2, 0x7e]),
    ]);
    expect([frames, overlong]).toEqual([['0102'], 1]);
    expect(mostWaiting).toBeLessThanOrEqual(MAX_FRAME_BYTES);
  });

  it('keeps what a terminal forgot to escape', () => {
    expect(split([Uint8Array.from([0x7e, 0x7d, 0x33, 0x7d, 0x02, 0x7d, 0x7e])]).frames).toEqual(['7d337e7d']);
  });
});
