import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReplay, type ReplayRequest } from './create-replay.ts';
import { poissonCalls } from './fixtures/poisson-calls.ts';
import { run, street } from './fixtures/street.ts';
import { ReplayCancelledError, replayCalls } from './replay-calls.ts';

describe('a replay', { timeout: 30_000 }, () => {
  it('sends the own unit first, the nearest other one else, and the nearest where that is the rule', () => {
    const calls: [number, number, number, number][] = [
      [0, 3, 1, 600],
      [10, 2, 1, 600],
    ];
    const request = street(
      [0, 0, 0, 0, 1],
      [
        { beat: 0, home: 0 },
        { beat: 1, home: 4 },
      ],
      calls,
    );
    expect(run(request)).toMatchObject({
      unitOfCall: Int16Array.of(0, 1),
      travelSeconds: Float64Array.of(180, 120),
      waitSeconds: Float64Array.of(0, 0),
    });
    expect([...run({ ...request, rule: 'nearest' }).unitOfCall]).toEqual([1, 0]);
    const preference = Uint16Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 1 : 0));
    expect([...run({ ...request, rule: 'preference', preference }).unitOfCall]).toEqual([1, 0]);
  });

  it('lets calls wait by priority, then in order; the unit comes from where it is', () => {
    const request = street(
      [0, 0, 0],
      [{ beat: 0, home: 0 }],
      [
        [0, 2, 3, 100],
        [10, 0, 3, 50],
        [20, 1, 1, 50],
        [30, 2, 3, 50],
      ],
    );
    // To place 2 in 120 s, free at 220; then the urgent one at place 1, free at 330; then in order place 0 and place 2.
    const outcome = run(request);
    expect([...outcome.waitSeconds]).toEqual([0, 330 - 10, 220 - 20, 440 - 30]);
    expect([...outcome.travelSeconds]).toEqual([120, 60, 60, 120]);
    expect(outcome.longestQueue).toBe(3);
    const none = run({ ...request, line: 'none' });
    expect([...none.unitOfCall]).toEqual([0, -1, -1, -1]);
    expect(none.waitSeconds[1]).toBeNaN();
  });

  it('sends a unit that drives home from its way, or from home where it is taken to be there at once', () => {
    // Free at 120 at place 2, home (place 0) at 240; at 180 it is half way, between 60 s and 180 s from place 3.
    const request = street(
      [0, 0, 0, 0],
      [{ beat: 0, home: 0 }],
      [
        [0, 2, 1, 0],
        [180, 3, 1, 0],
      ],
    );
    expect([...run(request).travelSeconds]).toEqual([120, 120]);
    expect([...run({ ...request, afterCall: 'at_home' }).travelSeconds]).toEqual([120, 180]);
  });

  it('keeps to the roster, finishes a call after the shift, and gives waiting calls to whoever comes on duty', () => {
    const request = street(
      [0, 0],
      [
        {
          beat: 0,
          home: 0,
          shifts: [
            [0, 100],
            [1000, 2000],
          ],
        },
        { beat: 0, home: 1, shifts: [[500, 600]] },
      ],
      [
        [50, 0, 1, 300],
        [400, 0, 1, 150],
        [700, 0, 1, 10],
      ],
    );
    const outcome = run({ ...request, fromSeconds: 0, toSeconds: 1000 });
    expect([...outcome.unitOfCall]).toEqual([0, 1, 0]);
    expect([...outcome.waitSeconds]).toEqual([0, 100, 300]);
    expect([...outcome.dutySeconds]).toEqual([100, 100]);
    // The last call starts at 1000, outside of the span.
    expect([...outcome.busySeconds]).toEqual([300, 210]);
    const early = run(street([0], [{ beat: 0, home: 0, shifts: [[0, 10]] }], [[20, 0, 1, 5]]));
    expect(early.unitOfCall[0]).toBe(-1);
  });

  const cases = fc.record({
    seed: fc.integer({ min: 0, max: 1e6 }),
    units: fc.integer({ min: 1, max: 5 }),
    load: fc.double({ min: 0.1, max: 1.3, noNaN: true }),
    rule: fc.constantFrom('own_beat_first' as const, 'nearest' as const),
    afterCall: fc.constantFrom('drives_home' as const, 'at_home' as const),
    pieces: fc.integer({ min: 1, max: 50 }),
  });

  it('never has a unit in two places, answers in order of priority, and does not mind in what pieces it runs', () => {
    fc.assert(
      fc.property(cases, ({ seed, units, load, rule, afterCall, pieces }) => {
        const beats = Array.from({ length: 12 }, (_, place) => place % units);
        const request: ReplayRequest = {
          ...street(
            beats,
            Array.from({ length: units }, (_, unit) => ({ beat: unit, home: unit })),
            [],
          ),
          calls: poissonCalls({
            seed,
            count: 300,
            callsPerHour: beats.map(() => (load * units * 3) / 12),
            serviceMinutes: 15,
          }),
          rule,
          afterCall,
        };
        const { calls } = request;
        const outcome = run(request);
        expect(run(request, pieces)).toEqual(outcome);
        const dispatchedAt = calls.atSeconds.map((at, call) => at + outcome.waitSeconds[call]);
        const freeAt = dispatchedAt.map((at, call) => at + outcome.travelSeconds[call] + calls.serviceSeconds[call]);
        expect(outcome.unitOfCall.every((unit) => unit >= 0)).toBe(true);
        const order = [...calls.atSeconds.keys()].sort((a, b) => dispatchedAt[a] - dispatchedAt[b] || a - b);
        const last = new Map<number, number>();
        for (const call of order) {
          const unit = outcome.unitOfCall[call];
          expect(dispatchedAt[call]).toBeGreaterThanOrEqual(last.get(unit) ?? -Infinity);
          last.set(unit, freeAt[call] - 1e-6);
          // Nobody who waited longer at the same or a higher priority is left behind.
          for (let other = 0; other < call; other++) {
            if (calls.priority[other] <= calls.priority[call] && dispatchedAt[other] > dispatchedAt[call] + 1e-6) {
              expect.fail(`call ${other} waits while ${call} is answered`);
            }
          }
        }
        // Whoever waits waits because all are busy.
        for (let call = 0; call < calls.count; call++) {
          if (outcome.waitSeconds[call] === 0) continue;
          const at = calls.atSeconds[call];
          const busy = new Set(
            order
              .filter((other) => dispatchedAt[other] <= at && freeAt[other] > at)
              .map((other) => outcome.unitOfCall[other]),
          );
          expect(busy.size).toBe(units);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('can be watched and stopped', async () => {
    const request: ReplayRequest = {
      ...street([0, 0], [{ beat: 0, home: 0 }], []),
      calls: poissonCalls({ seed: 1, count: 1000, callsPerHour: [1, 1], serviceMinutes: 10 }),
    };
    const told: number[] = [];
    const outcome = await replayCalls(request, { pieceCalls: 300, onProgress: (done) => told.push(done) });
    expect(told).toEqual([300, 600, 900, 1000]);
    expect(outcome).toEqual(run(request));
    const controller = new AbortController();
    const stopped = replayCalls(request, {
      pieceCalls: 100,
      signal: controller.signal,
      onProgress: (done) => done === 500 && controller.abort(),
    });
    await expect(stopped).rejects.toThrow(ReplayCancelledError);
    await expect(stopped).rejects.toThrow('after 500 of 1000 calls');
  });

  it('refuses what does not fit', () => {
    const request = street([0, 0], [{ beat: 0, home: 0 }], [[0, 1, 1, 5]]);
    const withCalls = (change: object): ReplayRequest => ({ ...request, calls: { ...request.calls, ...change } });
    expect(() => createReplay(withCalls({ place: Uint32Array.of(2) }))).toThrow(
      'Call 0 is at place 2, expected less than 2',
    );
    expect(() => createReplay(withCalls({ priority: Uint8Array.of(9) }))).toThrow('priority 9, expected 1 to 8');
    expect(() => createReplay(withCalls({ serviceSeconds: Float64Array.of(-1) }))).toThrow('takes -1 s');
    expect(() => createReplay(withCalls({ count: 2 }))).toThrow('1 values, expected 2');
    expect(() => createReplay({ ...request, travelSeconds: new Float32Array(3) })).toThrow(
      '3 travel times, expected 2 × 2',
    );
    expect(() => createReplay({ ...request, rule: 'preference' })).toThrow('0 preferences, expected 2 × 1');
    expect(() => createReplay({ ...request, rule: 'preference', preference: Uint16Array.of(0, 1) })).toThrow('unit 1');
    const overlapping = street(
      [0, 0],
      [
        {
          beat: 0,
          home: 0,
          shifts: [
            [0, 10],
            [5, 20],
          ],
        },
      ],
      [],
    );
    expect(() => createReplay(overlapping)).toThrow('Unit 0 has a shift from 5 to 20');
    const twice = street(
      [0],
      [{ beat: 0, home: 0 }],
      [
        [5, 0, 1, 5],
        [4, 0, 1, 5],
      ],
    );
    expect(() => createReplay(twice)).toThrow('Call 1 comes at 4, expected no earlier than 5');
  });
});
