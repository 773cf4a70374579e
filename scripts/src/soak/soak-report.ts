import type { ServerFigures } from './server-figures.ts';
import { linearTrend, type Trend } from './linear-trend.ts';
import type { ConsoleCounts } from './soak-consoles.ts';

export interface SoakSample extends ServerFigures {
  /** Since the load began. */
  atSeconds: number;
}
export interface SoakRun {
  startedAt: Date;
  /** How long the load lasted in truth. */
  seconds: number;
  units: number;
  consoles: number;
  meanLifeSeconds: number;
  samples: readonly SoakSample[];
  devices: { sent: number; refused: number };
  consoleCounts: ConsoleCounts;
  /** Why it ended before its time; null: it did not. */
  ended: string | null;
  machine: string;
}
export interface SoakFigures {
  resident: Trend & { firstMib: number; lastMib: number; mostMib: number };
  heap: Trend;
  eventLoopP99Ms: { median: number; worst: number };
  cpuShare: number;
  mostQueuedBytes: number;
  droppedShare: number;
}

const MIB = 2 ** 20;
/** Caches fill and code is compiled at first: that is no leak. */
const WARM_UP_SHARE = 0.2;

/** Memory after the first fifth of the run, the rest over all of it. */
export function soakFigures({ samples, seconds, consoleCounts }: SoakRun): SoakFigures {
  const settled = samples.filter(({ atSeconds }) => atSeconds >= seconds * WARM_UP_SHARE);
  const hours = settled.map(({ atSeconds }) => atSeconds / 3600);
  const mib = (pick: (sample: SoakSample) => number) => settled.map((sample) => pick(sample) / MIB);
  const resident = mib(({ residentBytes }) => residentBytes);
  const lags = samples.map(({ eventLoopP99Seconds }) => eventLoopP99Seconds * 1000).toSorted((a, b) => a - b);
  const [first, last] = [samples[0], samples.at(-1)];
  const { frames, droppedFrames } = consoleCounts;
  return {
    resident: {
      ...linearTrend(hours, resident),
      firstMib: resident[0] ?? Number.NaN,
      lastMib: resident.at(-1) ?? Number.NaN,
      mostMib: Math.max(...resident),
    },
    heap: linearTrend(
      hours,
      mib(({ heapBytes }) => heapBytes),
    ),
    eventLoopP99Ms: { median: lags[lags.length >> 1] ?? Number.NaN, worst: lags.at(-1) ?? Number.NaN },
    cpuShare:
      last === undefined ? Number.NaN : (last.cpuSeconds - first.cpuSeconds) / (last.atSeconds - first.atSeconds),
    mostQueuedBytes: Math.max(...samples.map(({ queuedBytes }) => queuedBytes)),
    droppedShare: droppedFrames / (frames + droppedFrames),
  };
}

export function soakReport(run: SoakRun): string {
  const { resident, heap, eventLoopP99Ms, cpuShare, mostQueuedBytes, droppedShare } = soakFigures(run);
  const { consoleCounts: consoles, devices } = run;
  const last = run.samples.at(-1);
  const trend = ({ slope, low, high }: Trend) =>
    `${slope.toFixed(1)} MiB/h (95 %: ${low.toFixed(1)} to ${high.toFixed(1)})`;
  const rows: [string, string][] = [
    [
      'resident memory',
      `${resident.firstMib.toFixed(0)} → ${resident.lastMib.toFixed(0)} MiB, at most ${resident.mostMib.toFixed(0)}`,
    ],
    ['resident memory, slope', trend(resident)],
    ['heap in use, slope', trend(heap)],
    [
      'event loop, p99 of each interval',
      `median ${eventLoopP99Ms.median.toFixed(1)} ms, worst ${eventLoopP99Ms.worst.toFixed(1)} ms`,
    ],
    ['CPU of the server', `${(cpuShare * 100).toFixed(1)} % of a core`],
    ['frames', `${consoles.frames} decoded, ${consoles.droppedFrames} dropped (${(droppedShare * 100).toFixed(3)} %)`],
    ['most that waited for consoles', `${(mostQueuedBytes / 1024).toFixed(0)} KiB`],
    ['consoles', `${consoles.restarts} restarts, ${consoles.lost} connections lost, ${last?.cutOff ?? '—'} cut off`],
    [
      'positions',
      `${devices.sent} reported, ${devices.refused} refused, ${last?.trackRowsDropped ?? '—'} lost to the track`,
    ],
    ['errors', consoles.errors === 0 ? 'none' : `${consoles.errors}, the first: ${consoles.firstError}`],
  ];
  return [
    '# Soak',
    '',
    `${run.startedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC, ${(run.seconds / 60).toFixed(1)} minutes: ${run.units} units at 1 Hz over`,
    `HTTP (OsmAnd), ${run.consoles} consoles over sockets, each living ${run.meanLifeSeconds} s on average, every second one going without a`,
    `goodbye. Memory is measured after the first fifth. ${run.machine}.`,
    ...(run.ended === null ? [] : ['', `**Ended early:** ${run.ended}`]),
    '',
    '| what | figure |',
    '| --- | --- |',
    ...rows.map(([what, figure]) => `| ${what} | ${figure.replaceAll(/[|\n]/g, ' ')} |`),
    '',
  ].join('\n');
}
