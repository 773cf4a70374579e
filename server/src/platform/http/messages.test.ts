import { describe, expect, it } from 'vitest';
import { languageOf, messageOf, registerMessages } from './messages.ts';

describe('languageOf', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-GB,en;q=0.9,zh;q=0.8', 'en'],
    ['fr,en;q=0.2,zh;q=0.6', 'zh'],
    ['fr;q=0.9', 'zh'],
    ['zh;q=0, en', 'en'],
    ['*', 'zh'],
  ])('%s: %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});

describe('messageOf', () => {
  const table = { TEST_ONLY: { zh: { message: '{n} 个' }, en: { message: '{n} of {unknown}', fix: 'Use {n}.' } } };

  it('fills in parameters and leaves what it does not know', () => {
    registerMessages(table);
    expect(messageOf('TEST_ONLY', 'zh', { n: 3 })).toEqual({ message: '3 个' });
    expect(messageOf('TEST_ONLY', 'en', { n: 3 })).toEqual({ message: '3 of {unknown}', fix: 'Use 3.' });
  });

  it('refuses a second text for a code', () => {
    expect(() => registerMessages({ TEST_ONLY: { zh: { message: '' }, en: { message: '' } } })).toThrow('TEST_ONLY');
  });
});
