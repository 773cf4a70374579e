import { describe, expect, it } from 'vitest';
import {
  canTransition,
  FINAL_INCIDENT_STATES,
  INCIDENT_STATES,
  INCIDENT_TRANSITIONS,
  type IncidentState,
} from './incident-state.ts';

const MAIN_LINE = INCIDENT_STATES.slice(0, 9);

function reachableFrom(start: IncidentState): Set<IncidentState> {
  const reached = new Set([start]);
  for (const state of reached) for (const next of INCIDENT_TRANSITIONS[state]) reached.add(next);
  return reached;
}

describe('incident states', () => {
  it('keeps its codes', () => {
    expect(INCIDENT_STATES.join(' ')).toBe(
      'received classified dispatched acknowledged en_route on_scene resolved feedback closed ' +
        'returned cancelled merged transferred invalid',
    );
  });

  it('walks the main line from received to closed', () => {
    for (let i = 1; i < MAIN_LINE.length; i++) expect(canTransition(MAIN_LINE[i - 1], MAIN_LINE[i])).toBe(true);
  });

  it('skips no state whose clock is measured', () => {
    for (let i = 0; i < 5; i++) {
      for (let j = i + 2; j <= 5; j++) expect(canTransition(MAIN_LINE[i], MAIN_LINE[j])).toBe(false);
    }
  });

  it('reaches every state from received, and an end from every state', () => {
    expect(reachableFrom('received').size).toBe(INCIDENT_STATES.length);
    for (const state of INCIDENT_STATES) {
      expect([...reachableFrom(state)].some((reached) => FINAL_INCIDENT_STATES.includes(reached))).toBe(true);
    }
  });

  it('ends in closed, cancelled, merged or invalid', () => {
    expect(FINAL_INCIDENT_STATES).toEqual(['closed', 'cancelled', 'merged', 'invalid']);
    for (const state of FINAL_INCIDENT_STATES) {
      for (const next of INCIDENT_STATES) expect(canTransition(state, next)).toBe(false);
    }
  });

  it('hands a returned call on again', () => {
    expect(canTransition('dispatched', 'returned')).toBe(true);
    expect(canTransition('returned', 'dispatched')).toBe(true);
    expect(canTransition('on_scene', 'cancelled')).toBe(false);
  });
});
