import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALARM_KINDS, ALARM_STATES, canChangeAlarm, compareAlarms } from './alarm-state.ts';

describe('states of an alarm', () => {
  it('go one way, through an acknowledgement', () => {
    const legal = ALARM_STATES.flatMap((from) =>
      ALARM_STATES.filter((to) => canChangeAlarm(from, to)).map((to) => [from, to]),
    );
    expect(legal).toEqual([
      ['raised', 'acknowledged'],
      ['acknowledged', 'closed'],
    ]);
  });
});

describe('the order of alarms', () => {
  const alarm = fc.record({
    id: fc.integer({ min: 1, max: 50 }),
    kind: fc.constantFrom(...ALARM_KINDS),
    state: fc.constantFrom(...ALARM_STATES),
    raisedAt: fc.integer({ min: 0, max: 1e9 }).map((seconds) => new Date(seconds * 1000).toISOString()),
  });
  it('puts what nobody has taken first, an SOS before a fence, the newest before the older', () => {
    fc.assert(
      fc.property(fc.array(alarm, { maxLength: 20 }), (alarms) => {
        const sorted = alarms.toSorted(compareAlarms);
        for (let i = 1; i < sorted.length; i++) {
          const [first, second] = [sorted[i - 1], sorted[i]];
          const [a, b] = [ALARM_STATES.indexOf(first.state), ALARM_STATES.indexOf(second.state)];
          expect(a).toBeLessThanOrEqual(b);
          if (a < b) continue;
          expect(first.kind === 'sos' || second.kind !== 'sos').toBe(true);
          if ((first.kind === 'sos') === (second.kind === 'sos')) expect(first.raisedAt >= second.raisedAt).toBe(true);
        }
      }),
    );
  });
});
