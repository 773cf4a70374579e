import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { askServerFigures } from './server-figures.ts';
import { startSoakConsoles } from './soak-consoles.ts';
import { startSoakDevices } from './soak-devices.ts';
import type { SoakRun, SoakSample } from './soak-report.ts';
import { startSoakServer } from './soak-server.ts';

export interface SoakOrder {
  minutes: number;
  units: number;
  consoles: number;
  meanLifeSeconds: number;
  onSample?: (sample: SoakSample) => void;
}

/** At most so many samples: a day is asked every quarter of a minute, minutes every second. */
const SAMPLES = 6000;

/** Loads a server of its own until the time is up, the signal says so, or the server dies; leaves nothing behind. */
export async function runSoak(order: SoakOrder, signal: AbortSignal): Promise<SoakRun> {
  const { minutes, units, consoles, meanLifeSeconds } = order;
  const server = await startSoakServer(units);
  const samples: SoakSample[] = [];
  let ended: string | null = null;
  const stop = new AbortController();
  void server.died.then((said) => {
    ended ??= `the server ${said}`;
    stop.abort();
  });
  const until = AbortSignal.any([signal, stop.signal]);
  try {
    const devices = startSoakDevices(server.url, server.deviceKeys);
    const watching = startSoakConsoles(server, consoles, meanLifeSeconds);
    const startedAt = new Date();
    const startedAtMs = performance.now();
    const elapsedSeconds = () => (performance.now() - startedAtMs) / 1000;
    const intervalMs = Math.max(1000, (minutes * 60_000) / SAMPLES);
    let seconds = 0;
    let unanswered: string | null = null;
    try {
      while (elapsedSeconds() < minutes * 60 && !until.aborted) {
        await delay(intervalMs, null, { signal: until }).catch(() => {});
        if (until.aborted) break;
        const figures = await askServerFigures(server.url).catch((cause: unknown) => {
          unanswered = `the server did not say how it does: ${String(cause)}`;
        });
        // What was measured until then is worth a report.
        if (figures === undefined) break;
        const sample = { atSeconds: elapsedSeconds(), ...figures };
        samples.push(sample);
        order.onSample?.(sample);
      }
      seconds = elapsedSeconds();
    } finally {
      devices.stop();
      await watching.stop();
    }
    if (signal.aborted) ended ??= 'it was stopped';
    // A server that has died by now says more.
    ended ??= unanswered;
    const [first] = cpus();
    const machine = `${cpus().length} × ${first?.model.trim()}, Node ${process.version}`;
    return {
      startedAt,
      seconds,
      units,
      consoles,
      meanLifeSeconds,
      samples,
      devices: devices.counts(),
      consoleCounts: watching.counts(),
      ended,
      machine,
    };
  } finally {
    await server.stop();
  }
}
