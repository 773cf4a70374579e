import { erlangB } from './erlang-b.ts';

/**
 * Erlang's delay formula: the share of calls that have to wait when those who find all of `servers` busy queue up (M/M/c).
 * 1 when the load reaches the number of servers, for then the queue grows without end. O(servers). Source: A. K. Erlang (1917).
 * @throws when servers is not a whole number ≥ 0 or the load is negative.
 */
export function erlangC(servers: number, offeredErlangs: number): number {
  const blocked = erlangB(servers, offeredErlangs);
  if (offeredErlangs >= servers) return 1;
  return (servers * blocked) / (servers - offeredErlangs * (1 - blocked));
}
