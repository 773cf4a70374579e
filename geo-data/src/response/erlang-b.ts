/**
 * Erlang's loss formula: the share of calls that find all of `servers` busy and are lost, when `offeredErlangs` (calls × mean
 * service time, in the same unit of time) are offered and nobody waits. Holds for any distribution of service times.
 * By the stable recursion B(c) = aB(c−1) / (c + aB(c−1)), O(servers). Source: A. K. Erlang (1917).
 * @throws when servers is not a whole number ≥ 0 or the load is negative.
 */
export function erlangB(servers: number, offeredErlangs: number): number {
  if (!Number.isInteger(servers) || servers < 0) {
    throw new RangeError(`The number of servers must be a whole number ≥ 0, got ${servers}.`);
  }
  if (!(offeredErlangs >= 0 && offeredErlangs < Infinity)) {
    throw new RangeError(`The offered load must be 0 or more erlangs, got ${offeredErlangs}.`);
  }
  let blocked = 1;
  for (let c = 1; c <= servers; c++) blocked = (offeredErlangs * blocked) / (c + offeredErlangs * blocked);
  return blocked;
}
