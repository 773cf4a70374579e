import { describe, expect, it } from 'vitest';
import { keepNewest } from './keep-newest.ts';

describe('what is kept', () => {
  it('is what was used last, made once', async () => {
    const made: string[] = [];
    const keep = keepNewest<string>(2);
    const ask = (key: string) =>
      keep(key, () => {
        made.push(key);
        return Promise.resolve(key);
      });
    expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual(['a', 'a', 'b']);
    expect(made).toEqual(['a', 'b']);
    await ask('a');
    await ask('c');
    // b was used before a.
    await ask('a');
    expect(made).toEqual(['a', 'b', 'c']);
    await ask('b');
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('is no failure', async () => {
    const keep = keepNewest<string>(2);
    await expect(keep('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await keep('a', () => Promise.resolve('there'))).toBe('there');
  });
});
