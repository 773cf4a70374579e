import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangB } from './erlang-b.ts';
import { erlangC } from './erlang-c.ts';
import { erlangDelay } from './erlang-delay.ts';

const servers = fc.integer({ min: 1, max: 60 });
const load = fc.double({ min: 0.001, max: 50, noNaN: true });

describe('Erlang’s formulas', () => {
  it('equal their definitions as sums', () => {
    fc.assert(
      fc.property(servers, load, (c, a) => {
        let term = 1;
        let sum = 1;
        for (let k = 1; k <= c; k++) sum += term *= a / k;
        expect(Math.abs(erlangB(c, a) - term / sum)).toBeLessThan(1e-12);
        if (a >= c) return;
        const waiting = (term * c) / (c - a);
        expect(Math.abs(erlangC(c, a) - waiting / (sum - term + waiting))).toBeLessThan(1e-12);
      }),
    );
  });

  it('fall with servers and rise with load, and a queue keeps more calls than none', () => {
    fc.assert(
      fc.property(servers, load, (c, a) => {
        expect(erlangB(c + 1, a)).toBeLessThan(erlangB(c, a));
        expect(erlangB(c, a * 1.01)).toBeGreaterThan(erlangB(c, a));
        expect(erlangC(c, a)).toBeGreaterThanOrEqual(erlangB(c, a));
        if (a < c) expect(erlangC(c + 1, a)).toBeLessThan(erlangC(c, a));
      }),
    );
  });

  // rodrigo-arenas/pyworkforce (MIT), tests of its queuing module.
  it('gives published blocking: 1 erlang on 1 and 2 servers, 10 erlangs at most 2 % on 17', () => {
    expect(erlangB(1, 1)).toBe(0.5);
    expect(erlangB(2, 1)).toBeCloseTo(0.2, 15);
    expect(erlangB(16, 10)).toBeGreaterThan(0.02);
    expect(erlangB(17, 10)).toBeLessThan(0.02);
  });

  it.each([
    { positions: 14, service: 0.888, occupancy: 0.714, waiting: 0.174 },
    { positions: 15, service: 0.941, occupancy: 0.667, waiting: 0.102 },
  ])('gives the published call centre: 100 calls in 30 minutes of 3 minutes each on $positions', (expected) => {
    const delay = erlangDelay({ servers: expected.positions, callsPerHour: 200, serviceMinutes: 3 });
    expect(delay.shareServedWithin(0.33)).toBeCloseTo(expected.service, 3);
    expect(delay.utilisation).toBeCloseTo(expected.occupancy, 3);
    expect(delay.waitShare).toBeCloseTo(expected.waiting, 3);
  });

  it('obeys Little’s law, and one server is M/M/1', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), (utilisation) => {
        const delay = erlangDelay({ servers: 1, callsPerHour: 60 * utilisation, serviceMinutes: 1 });
        expect(delay.waitShare).toBeCloseTo(utilisation, 12);
        expect(delay.meanWaitMinutes).toBeCloseTo(utilisation / (1 - utilisation), 8);
        expect(delay.queueLength).toBeCloseTo(utilisation * delay.meanWaitMinutes, 8);
      }),
    );
  });

  it('says that a queue without spare servers never ends', () => {
    const delay = erlangDelay({ servers: 2, callsPerHour: 5, serviceMinutes: 30 });
    expect([delay.waitShare, delay.meanWaitMinutes, delay.queueLength, delay.utilisation]).toEqual([
      1,
      Infinity,
      Infinity,
      1,
    ]);
    expect(erlangDelay({ servers: 2, callsPerHour: 0, serviceMinutes: 30 }).queueLength).toBe(0);
  });

  it('refuses what is no queue', () => {
    expect(() => erlangB(1.5, 1)).toThrow('got 1.5');
    expect(() => erlangB(2, -1)).toThrow('got -1');
    expect(() => erlangDelay({ servers: 0, callsPerHour: 1, serviceMinutes: 1 })).toThrow('got 0');
    expect(() => erlangDelay({ servers: 1, callsPerHour: 1, serviceMinutes: 0 })).toThrow('got 0 min');
  });
});
