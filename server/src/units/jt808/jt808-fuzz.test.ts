import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_FRAME_BYTES, MESSAGE } from './jt808-message.ts';
import { ASSEMBLY_BYTES, createSessionFixture, PHONE } from './testing/session-fixture.ts';
import { readReplies, terminalFrame } from './testing/terminal-frames.ts';

const RUNS = 2500;
const FRAMES_PER_RUN = 44;

const { frames } = JSON.parse(readFileSync(new URL('./fixtures/jt808-frames.json', import.meta.url), 'utf8')) as {
  frames: { hex: string }[];
};
const real = frames.map(({ hex }) => Buffer.from(hex, 'hex')).filter((bytes) => bytes.length > 4);

const byte = fc.nat(255);
const bytes = (maxLength: number) => fc.uint8Array({ maxLength, size: 'max' });
/** Noise; frames of real terminals with bytes changed, cut or doubled; frames that are sound around a body that is not. */
const malformed: fc.Arbitrary<Uint8Array> = fc.oneof(
  bytes(40),
  fc.tuple(fc.nat(real.length - 1), fc.nat(), byte, fc.nat(3)).map(([which, at, value, kind]) => {
    const frame = Uint8Array.from(real[which]);
    const i = at % frame.length;
    if (kind === 0) return frame.slice(0, i);
    if (kind === 1) return Uint8Array.from([...frame.subarray(0, i), ...frame]);
    frame[i] = frame[i] === value ? value ^ 0xff : value;
    return frame;
  }),
  fc
    .record({
      // A logout would be obeyed: what follows it is refused and ends the line, which the other test is about.
      id: fc.oneof(fc.constantFrom(...Object.values(MESSAGE)), fc.nat(0xffff)).filter((id) => id !== MESSAGE.logout),
      phone: fc.constantFrom(PHONE, PHONE, PHONE, '13800000000'),
      sequence: fc.nat(0xffff),
      body: bytes(60),
      edition2019: fc.boolean(),
      packages: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(0xffff)),
      packageIndex: fc.nat(5),
      encryption: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1),
    })
    .map(terminalFrame),
);

describe('malformed frames', () => {
  it(`${(RUNS * FRAMES_PER_RUN).toLocaleString('en')} of them crash nothing, leave nothing, and a good one after them is heard`, () => {
    let fed = 0;
    fc.assert(
      fc.property(
        fc.array(malformed, { minLength: FRAMES_PER_RUN, maxLength: FRAMES_PER_RUN }),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 }),
        (contents, sizes) => {
          const fixture = createSessionFixture();
          const { session, budget, exchange, results, closed, errors } = fixture;
          fixture.authenticate();
          const stream = Buffer.concat(contents);
          for (let at = 0, i = 0; at < stream.length; i++) {
            const size = sizes[i % sizes.length];
            // Whatever was sent back reads as the standard says.
            readReplies(exchange(stream.subarray(at, at + size)));
            at += size;
          }
          fed += contents.length;
          expect(session.waitingBytes()).toBeLessThanOrEqual(MAX_FRAME_BYTES + ASSEMBLY_BYTES - budget.remainingBytes);
          expect(closed()).toBeUndefined();
          exchange(Uint8Array.of(0x7e));
          expect(results(terminalFrame({ id: MESSAGE.heartbeat, phone: PHONE }))).toEqual([0]);
          session.end();
          expect(budget.remainingBytes).toBe(ASSEMBLY_BYTES);
          expect(errors).toEqual([]);
        },
      ),
      { numRuns: RUNS, seed: 808 },
    );
    expect(fed).toBeGreaterThanOrEqual(100_000);
  }, 60_000);

  it('of somebody unknown end the line before they cost much', () => {
    fc.assert(
      fc.property(fc.array(malformed, { minLength: 40, maxLength: 60 }), (contents) => {
        const { session, fixes, closed, exchange, budget } = createSessionFixture();
        for (const content of contents) exchange(content, Uint8Array.of(0x7e));
        expect([fixes, budget.remainingBytes]).toEqual([[], ASSEMBLY_BYTES]);
        expect(session.waitingBytes()).toBeLessThanOrEqual(MAX_FRAME_BYTES);
        expect(closed()).toBe('too_many_refusals');
      }),
      { numRuns: 200, seed: 808 },
    );
  });
});
