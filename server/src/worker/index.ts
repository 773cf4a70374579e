import { move, transferableSymbol, valueSymbol } from 'piscina';

/**
 * For task files, which run in a worker and must not load the server: returns `value` to the caller of `workers.run`
 * moving `buffers` instead of copying them.
 */
export function moveResult<Value>(value: Value, buffers: readonly ArrayBuffer[]): Value {
  return move({ [transferableSymbol]: buffers, [valueSymbol]: value } as never) as Value;
}
