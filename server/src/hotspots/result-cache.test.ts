import { describe, expect, it } from 'vitest';
import { createResultCache } from './result-cache.ts';

const never = new AbortController().signal;
const cacheOf = (maxBytes: number) => createResultCache<string>(maxBytes, (value) => value.length);

describe('createResultCache', () => {
  it('computes once for all who ask at the same time, and keeps the result', async () => {
    const cache = cacheOf(100);
    let runs = 0;
    const compute = () => Promise.resolve(`run ${++runs}`);
    const answers = await Promise.all([cache.get('a', never, compute), cache.get('a', never, compute)]);
    expect(answers).toEqual([
      { value: 'run 1', cached: false },
      { value: 'run 1', cached: true },
    ]);
    expect(await cache.get('a', never, compute)).toEqual({ value: 'run 1', cached: true });
  });

  it('drops what was used least recently', async () => {
    const cache = cacheOf(8);
    const put = (key: string) => cache.get(key, never, () => Promise.resolve('four'));
    await put('a');
    await put('b');
    await put('a');
    await put('c');
    expect([(await put('a')).cached, (await put('c')).cached, (await put('b')).cached]).toEqual([true, true, false]);
  });

  it('does not keep a failure', async () => {
    const cache = cacheOf(100);
    await expect(cache.get('a', never, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect((await cache.get('a', never, () => Promise.resolve('yes'))).value).toBe('yes');
  });

  it('aborts the computation when the last waiter has left, not before', async () => {
    const cache = cacheOf(100);
    const [first, second] = [new AbortController(), new AbortController()];
    let signal: AbortSignal | undefined;
    const compute = (given: AbortSignal) => {
      signal = given;
      return new Promise<string>((_, reject) => given.addEventListener('abort', () => reject(new Error('given up'))));
    };
    const one = cache.get('a', first.signal, compute);
    const two = cache.get('a', second.signal, compute);
    first.abort();
    await expect(one).rejects.toThrow();
    expect(signal?.aborted).toBe(false);
    second.abort();
    await expect(two).rejects.toThrow();
    expect(signal?.aborted).toBe(true);
    expect((await cache.get('a', never, () => Promise.resolve('anew'))).value).toBe('anew');
  });
});
