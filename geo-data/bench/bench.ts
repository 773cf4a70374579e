/** What every benchmark file exports; `pnpm bench` finds them, runs them one after another and prints one table. */
export interface Bench {
  name: string;
  run(): Promise<BenchRow[]>;
}

export interface BenchRow {
  what: string;
  ours: string;
  peer?: string;
  ratio?: string;
  goal?: string;
  met?: boolean;
  note?: string;
}

export interface Timing {
  minMs: number;
  medianMs: number;
  maxMs: number;
}

/** Runs `work` once to warm up, then `runs` times. */
export async function measure(work: () => unknown, runs = 5): Promise<Timing> {
  await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return { minMs: times[0], medianMs: times[times.length >> 1], maxMs: times[times.length - 1] };
}

export function formatMs(timing: Timing): string {
  const digits = timing.medianMs < 10 ? 2 : timing.medianMs < 100 ? 1 : 0;
  return `${timing.medianMs.toFixed(digits)} ms (${timing.minMs.toFixed(digits)}–${timing.maxMs.toFixed(digits)})`;
}
