import { erlangC } from './erlang-c.ts';

export interface ErlangDelay {
  /** Share of calls that wait at all. */
  waitShare: number;
  /** Mean over all calls, those without a wait included; Infinity when the queue grows without end. */
  meanWaitMinutes: number;
  /** Mean number of calls in the queue. */
  queueLength: number;
  /** Share of servers at work. */
  utilisation: number;
  /** Share of calls served within this many minutes of their coming in. */
  shareServedWithin(minutes: number): number;
}

/**
 * The queue of calls that any of `servers` may serve, first come first served (M/M/c): the wait is 0 for most and else
 * exponential with rate (c − a) / service time. O(servers).
 * Source: R. B. Cooper, Introduction to Queueing Theory, 2nd ed. (1981), 3.3.
 * @throws when servers is not a whole number ≥ 1, the calls are negative or the service time is not positive.
 */
export function erlangDelay(request: { servers: number; callsPerHour: number; serviceMinutes: number }): ErlangDelay {
  const { servers, callsPerHour, serviceMinutes } = request;
  if (!(serviceMinutes > 0)) throw new RangeError(`The service time must be positive, got ${serviceMinutes} min.`);
  if (!(servers >= 1)) throw new RangeError(`A queue needs at least 1 server, got ${servers}.`);
  const load = (callsPerHour / 60) * serviceMinutes;
  const waitShare = erlangC(servers, load);
  const spare = Math.max(0, servers - load) / serviceMinutes;
  const meanWaitMinutes = waitShare / spare;
  return {
    waitShare,
    meanWaitMinutes,
    queueLength: load === 0 ? 0 : (callsPerHour / 60) * meanWaitMinutes,
    utilisation: Math.min(1, load / servers),
    shareServedWithin: (minutes) => (minutes < 0 ? 0 : 1 - waitShare * Math.exp(-spare * minutes)),
  };
}
