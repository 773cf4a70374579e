export interface ResultCache<Value> {
  /**
   * The kept value of a key, or that of a computation under way, or of a new one. A waiter that aborts leaves; when the last one
   * has left, the computation's own signal aborts.
   */
  get(
    key: string,
    signal: AbortSignal,
    compute: (signal: AbortSignal) => Promise<Value>,
  ): Promise<{ value: Value; cached: boolean }>;
}

interface Flight<Value> {
  result: Promise<Value>;
  waiters: number;
  controller: AbortController;
}

/** Least recently used values up to a size in bytes, and no computation twice at the same time. */
export function createResultCache<Value>(maxBytes: number, bytesOf: (value: Value) => number): ResultCache<Value> {
  const kept = new Map<string, Value>();
  const flights = new Map<string, Flight<Value>>();
  let bytes = 0;

  function keep(key: string, value: Value): void {
    kept.set(key, value);
    bytes += bytesOf(value);
    for (const [oldest, old] of kept) {
      if (bytes <= maxBytes) break;
      kept.delete(oldest);
      bytes -= bytesOf(old);
    }
  }

  function fly(key: string, compute: (signal: AbortSignal) => Promise<Value>): Flight<Value> {
    const controller = new AbortController();
    const result = compute(controller.signal);
    const flight: Flight<Value> = { result, waiters: 0, controller };
    flights.set(key, flight);
    result
      .then((value) => keep(key, value))
      .catch(() => {})
      .finally(() => {
        if (flights.get(key) === flight) flights.delete(key);
      });
    return flight;
  }

  return {
    async get(key, signal, compute) {
      signal.throwIfAborted();
      const value = kept.get(key);
      if (value !== undefined) {
        kept.delete(key);
        kept.set(key, value);
        return { value, cached: true };
      }
      const known = flights.get(key);
      const flight = known ?? fly(key, compute);
      flight.waiters++;
      const left = Promise.withResolvers<never>();
      const leave = () => left.reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      try {
        return { value: await Promise.race([flight.result, left.promise]), cached: known !== undefined };
      } finally {
        signal.removeEventListener('abort', leave);
        if (--flight.waiters === 0 && signal.aborted) {
          // Nobody waits: the next to ask starts anew rather than joining what is being given up.
          if (flights.get(key) === flight) flights.delete(key);
          flight.controller.abort();
        }
      }
    },
  };
}
