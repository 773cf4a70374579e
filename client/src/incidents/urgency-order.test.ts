import type { IncidentView } from '@xunfang/geo-data/contract';
import { describe, expect, it } from 'vitest';
import { withChange } from './urgency-order.ts';

const incident = (id: number, priority: number, receivedAt: string, state: IncidentView['state'] = 'received') =>
  ({ id, priority, receivedAt, state }) as IncidentView;

describe('the list of open incidents', () => {
  const list = [incident(1, 1, '2026-01-01T00:00:05Z'), incident(2, 3, '2026-01-01T00:00:00Z')];

  it('puts the most urgent first, then who waits longest', () => {
    const after = withChange(list, incident(3, 1, '2026-01-01T00:00:01Z'));
    expect(after.map(({ id }) => id)).toEqual([3, 1, 2]);
  });

  it('replaces an incident it has, and drops it when it is finished', () => {
    expect(withChange(list, incident(2, 1, '2026-01-01T00:00:00Z')).map(({ id }) => id)).toEqual([2, 1]);
    for (const state of ['closed', 'cancelled', 'merged', 'invalid', 'transferred'] as const)
      expect(withChange(list, incident(1, 1, '2026-01-01T00:00:05Z', state)).map(({ id }) => id)).toEqual([2]);
  });
});
