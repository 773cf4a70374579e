import { expect, it } from 'vitest';
import { changedRows } from './changed-rows.ts';

it('keeps icons between versions, and makes all anew with another version or another number of rows', () => {
  const last = { length: 40, version: 7 };
  expect(changedRows({ length: 40, version: 7 }, last)).toEqual([]);
  expect(changedRows({ length: 40, version: 8 }, last)).toEqual([{ startRow: 0, endRow: 40 }]);
  expect(changedRows({ length: 41, version: 7 }, last)).toEqual([{ startRow: 0, endRow: 41 }]);
});
