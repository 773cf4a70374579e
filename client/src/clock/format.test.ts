import { describe, expect, it } from 'vitest';
import { formatInstant, formatList, formatNumber, formatPercent, splitAge } from './format.ts';

describe('formatInstant', () => {
  it('speaks in the bureau’s zone, 24 h, year first in both languages', () => {
    const at = Date.UTC(2026, 10, 23, 16, 5, 9);
    expect(formatInstant(at, 'dateSeconds', 'Asia/Shanghai', 'zh')).toBe('2026-11-24 00:05:09');
    expect(formatInstant(at, 'dateSeconds', 'America/Chicago', 'en')).toBe('2026-11-23 10:05:09');
    expect(formatInstant(at, 'dayTime', 'Asia/Shanghai', 'en')).toBe('11-24 00:05');
  });
});

describe('formatPercent', () => {
  it.each([
    [81, 62, '−23.5 %'],
    [200, 162, '−19.0 %'],
    [2170, 2566, '+18.2 %'],
    [8600, 6689, '−22.2 %'],
  ])('reproduces the published change %i → %i', (base, n, text) => {
    expect(formatPercent((n - base) / base, 1, 'zh', true)).toBe(text);
  });
  it('shows a dash for base 0', () => expect(formatPercent(null, 1, 'en')).toBe('—'));
});

describe('formatNumber', () => {
  it('rounds half away from zero on the decimal as written', () => {
    expect(formatNumber(1.005, 2, 'en')).toBe('1.01');
    expect(formatNumber(-2.5, 0, 'en')).toBe('-3');
    expect(formatNumber(1234567.5, 0, 'zh')).toBe('1,234,568');
  });
});

describe('formatList', () => {
  it('joins names as the language does', () => {
    expect(formatList(['甲', '乙', '丙'], 'zh')).toBe('甲、乙和丙');
    expect(formatList(['A', 'B', 'C'], 'en')).toBe('A, B and C');
    expect(formatList(['A'], 'en')).toBe('A');
  });
});

describe('splitAge', () => {
  it('tells the largest whole unit and never a negative age', () => {
    expect(splitAge(59_999)).toEqual({ unit: 'seconds', count: 59 });
    expect(splitAge(3_600_000)).toEqual({ unit: 'hours', count: 1 });
    expect(splitAge(-5)).toEqual({ unit: 'seconds', count: 0 });
  });
});
