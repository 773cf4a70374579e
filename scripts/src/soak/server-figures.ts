/** What the server says of itself at one moment, from its Prometheus page. */
export interface ServerFigures {
  residentBytes: number;
  heapBytes: number;
  /** Since the last asking. */
  eventLoopP99Seconds: number;
  cpuSeconds: number;
  queuedBytes: number;
  cutOff: number;
  trackRowsDropped: number;
}

const NAMES: Record<keyof ServerFigures, string> = {
  residentBytes: 'xunfang_process_resident_memory_bytes',
  heapBytes: 'xunfang_nodejs_heap_size_used_bytes',
  eventLoopP99Seconds: 'xunfang_nodejs_eventloop_lag_p99_seconds',
  cpuSeconds: 'xunfang_process_cpu_seconds_total',
  queuedBytes: 'xunfang_socket_queued_bytes',
  cutOff: 'xunfang_socket_cut_off',
  trackRowsDropped: 'xunfang_track_rows_dropped',
};

export async function askServerFigures(url: string): Promise<ServerFigures> {
  const answer = await fetch(`${url}/metrics`);
  if (!answer.ok) throw new Error(`/metrics answered ${answer.status}.`);
  return readServerFigures(await answer.text());
}

/** Throws when a figure is missing. */
export function readServerFigures(page: string): ServerFigures {
  const values = new Map<string, number>();
  for (const line of page.split('\n')) {
    const [name, value] = line.split(' ');
    if (value !== undefined && !line.startsWith('#')) values.set(name, Number(value));
  }
  const read = (name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`/metrics has no ${name}.`);
    return value;
  };
  return Object.fromEntries(Object.entries(NAMES).map(([key, name]) => [key, read(name)])) as unknown as ServerFigures;
}
