import { describe, expect, it } from 'vitest';
import { inTurn } from './in-turn.ts';

describe('inTurn', () => {
  it('runs work of one key one after the other, and of another key beside it', async () => {
    const order: string[] = [];
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const first = inTurn('a', async () => {
      await gate;
      order.push('a1');
    });
    const second = inTurn('a', async () => void order.push('a2'));
    await inTurn('b', async () => void order.push('b1'));
    release();
    await Promise.all([first, second]);
    expect(order).toEqual(['b1', 'a1', 'a2']);
  });

  it('goes on after a failure', async () => {
    const failing = inTurn('c', () => Promise.reject(new Error('no')));
    const next = inTurn('c', () => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
