import { expect, it } from 'vitest';
import type { Knock } from './jt808-enrolment.repository.ts';
import { createKnockList } from './knock-list.ts';
import type { Registration } from './registration.ts';

const asks = (phone: string) => ({ phone, terminalId: 'T1', manufacturer: 'M', model: 'X' }) as Registration;

it('keeps who knocked until that is stored, with how often, also what came meanwhile', async () => {
  const stored: Knock[][] = [];
  let fails = true;
  const knocks = createKnockList({
    noteKnocks: async (some) => {
      if (fails) {
        // While the statement was on its way.
        knocks.note([1], asks('1'), 'later', 30);
        throw new Error('away');
      }
      stored.push([...some]);
    },
  });
  knocks.note([1], asks('1'), 'first', 10);
  knocks.note([1], asks('2'), 'first', 20);
  await expect(knocks.flush()).rejects.toThrow('away');
  fails = false;
  await knocks.flush();
  await knocks.flush();
  const told = stored.map((some) => some.map(({ phone, times, address, atMs }) => ({ phone, times, address, atMs })));
  expect(told).toEqual([
    [
      { phone: '1', times: 2, address: 'later', atMs: 30 },
      { phone: '2', times: 1, address: 'first', atMs: 20 },
    ],
  ]);
});
