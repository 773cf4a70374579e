import { moveResult } from '../../worker/index.ts';

/** The task of the workers' own test: doubles in place; never ends when told to double infinity. */
export function run(numbers: Float64Array<ArrayBuffer>): Float64Array {
  if (numbers.length === 0) throw new Error('Added 0 numbers when expected at least 1.');
  while (numbers[0] === Number.POSITIVE_INFINITY);
  for (let index = 0; index < numbers.length; index++) numbers[index] *= 2;
  return moveResult(numbers, [numbers.buffer]);
}
