import { describe, expect, it } from 'vitest';
import { FORCE_LAYER_RULES, FORCE_LAYERS } from './force-layer.ts';
import {
  AVAILABLE_UNIT_STATUSES,
  canChangeUnitStatus,
  UNIT_STATUS_TRANSITIONS,
  UNIT_STATUSES,
  type UnitStatus,
  unitStatusCode,
  unitStatusOfCode,
} from './unit-status.ts';

function reachableFrom(start: UnitStatus): Set<UnitStatus> {
  const reached = new Set([start]);
  for (const status of reached) for (const next of UNIT_STATUS_TRANSITIONS[status]) reached.add(next);
  return reached;
}

describe('unit status', () => {
  it('keeps its wire codes', () => {
    expect(UNIT_STATUSES.map((status) => [status, unitStatusCode(status)])).toEqual([
      ['off_duty', 0],
      ['patrolling', 1],
      ['standby', 2],
      ['dispatched', 3],
      ['acknowledged', 4],
      ['en_route', 5],
      ['on_scene', 6],
      ['cleared', 7],
      ['out_of_service', 8],
    ]);
    for (const status of UNIT_STATUSES) expect(unitStatusOfCode(unitStatusCode(status))).toBe(status);
    expect(() => unitStatusOfCode(9)).toThrow('Unit status code is 9, expected 0 to 8.');
  });

  it('has no dead end and no status that cannot be reached', () => {
    for (const status of UNIT_STATUSES) expect(reachableFrom(status).size).toBe(UNIT_STATUSES.length);
  });

  it('walks through a whole call, and skips no clock on the way', () => {
    const call: UnitStatus[] = [
      'patrolling',
      'dispatched',
      'acknowledged',
      'en_route',
      'on_scene',
      'cleared',
      'patrolling',
    ];
    for (let i = 1; i < call.length; i++) expect(canChangeUnitStatus(call[i - 1], call[i])).toBe(true);
    expect(canChangeUnitStatus('dispatched', 'en_route')).toBe(false);
    expect(canChangeUnitStatus('dispatched', 'on_scene')).toBe(false);
    expect(canChangeUnitStatus('on_scene', 'patrolling')).toBe(false);
    expect(canChangeUnitStatus('patrolling', 'patrolling')).toBe(false);
  });

  it('sends only units that can take a call', () => {
    for (const status of UNIT_STATUSES) {
      const mayBeSent = canChangeUnitStatus(status, 'dispatched');
      if (AVAILABLE_UNIT_STATUSES.includes(status)) expect(mayBeSent).toBe(true);
      // A unit on its way may be diverted to a more urgent call; nobody else who is busy can be sent.
      else expect(mayBeSent).toBe(status === 'en_route');
    }
  });
});

describe('force layers', () => {
  it('never sends the community force to a violent call', () => {
    const forbidden = FORCE_LAYERS.filter((layer) => !FORCE_LAYER_RULES[layer].answersViolentCalls);
    expect(forbidden).toEqual(['community_joint']);
  });
});
