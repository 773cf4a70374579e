import { describe, expect, it } from 'vitest';
import { instantOf, localDate } from './instant-of.ts';

describe('wall-clock times of a zone', () => {
  it('are the instants the zone says, on both sides of a clock change', () => {
    expect(instantOf('2026-11-23T08:00', 'Asia/Shanghai')).toBe('2026-11-23T00:00:00.000Z');
    expect(instantOf('2017-07-01T00:00', 'America/Chicago')).toBe('2017-07-01T05:00:00.000Z');
    expect(instantOf('2017-12-01T00:00', 'America/Chicago')).toBe('2017-12-01T06:00:00.000Z');
    expect(instantOf('2017-03-12T01:59', 'America/Chicago')).toBe('2017-03-12T07:59:00.000Z');
    expect(instantOf('2017-03-12T03:00', 'America/Chicago')).toBe('2017-03-12T08:00:00.000Z');
  });

  it('know their date', () => {
    expect(localDate(Date.parse('2026-01-01T17:00:00Z'), 'Asia/Shanghai')).toBe('2026-01-02');
    expect(localDate(Date.parse('2026-01-01T05:00:00Z'), 'America/Chicago')).toBe('2025-12-31');
  });
});
