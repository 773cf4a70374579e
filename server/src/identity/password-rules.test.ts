import { describe, expect, it } from 'vitest';
import { passwordFault } from './password-rules.ts';

describe('password rules', () => {
  it.each([
    ['Abcdef-12345', 'zhang', null],
    ['巡防一张图-Abc-123', 'zhang', null],
    ['Abcdef-1234', 'zhang', 'PASSWORD_SHORT'],
    ['abcdefghijkl', 'zhang', 'PASSWORD_SIMPLE'],
    ['Aa1Aa1Aa1Aa1', 'zhang', 'PASSWORD_SIMPLE'],
    ['My-ZHANG-12345', 'zhang', 'PASSWORD_NAMES_ACCOUNT'],
  ])('%s for %s: %s', (password, username, fault) => {
    expect(passwordFault(password, username)).toBe(fault);
  });
});
