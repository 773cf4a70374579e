import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { motionAt, type RecordedTrack, readRecordedTrack, shiftTrack } from './simulator/recorded-track.ts';

const USAGE = `Replays a recorded track through the OsmAnd interface, as if the vehicle drove now.

  node scripts/src/replay-track.ts TRACK.csv[.gz] --key DEVICE_KEY [--base-url http://127.0.0.1:8080] [--cab ID]
    [--speed 60] [--shift-to lon,lat] [--start n] [--count n] [--longest-pause 10]

TRACK has the columns unix, lat, lon and perhaps cab. A fix is sent with the time of its sending; pauses of the record are
divided by --speed and never last longer than --longest-pause seconds. --shift-to moves the drive so that it begins there.
Faster than life the drive jumps: let its device do so ("checksSpeed": false), or the plausibility gate refuses it.`;

export interface ReplayOptions {
  baseUrl: string;
  deviceKey: string;
  track: RecordedTrack;
  /** How much faster than recorded. */
  speedFactor: number;
  longestPauseSeconds: number;
}

const MPS_PER_KNOT = 1852 / 3600;

/** Sends every fix in turn and counts what became of them, by outcome. Stops at the first message that is refused as such. */
export async function replayTrack(options: ReplayOptions, signal: AbortSignal): Promise<Map<string, number>> {
  const { baseUrl, deviceKey, track, speedFactor, longestPauseSeconds } = options;
  const counts = new Map<string, number>();
  for (let i = 0; i < track.unixSeconds.length && !signal.aborted; i++) {
    if (i > 0) {
      const pause = (track.unixSeconds[i] - track.unixSeconds[i - 1]) / speedFactor;
      await wait(Math.min(pause, longestPauseSeconds) * 1000, undefined, { signal }).catch(() => {});
    }
    const { speedMps, headingDegrees } = motionAt(track, i);
    const query = new URLSearchParams({
      lat: track.lat[i].toFixed(7),
      lon: track.lon[i].toFixed(7),
      timestamp: String(Date.now()),
      speed: (speedMps / MPS_PER_KNOT).toFixed(2),
      bearing: headingDegrees.toFixed(1),
    });
    const answer = await fetch(new URL(`/api/osmand/${encodeURIComponent(deviceKey)}?${query.toString()}`, baseUrl), {
      method: 'POST',
    });
    const body = (await answer.json()) as { outcomes?: string[]; error?: { message: string } };
    if (!answer.ok) throw new Error(`Fix ${i} was refused with ${answer.status}: ${body.error?.message ?? ''}`);
    for (const outcome of body.outcomes ?? []) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return counts;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      'base-url': { type: 'string', default: 'http://127.0.0.1:8080' },
      cab: { type: 'string' },
      speed: { type: 'string', default: '60' },
      'shift-to': { type: 'string' },
      start: { type: 'string', default: '0' },
      count: { type: 'string' },
      'longest-pause': { type: 'string', default: '10' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [path] = positionals;
  if (values.help || path === undefined || values.key === undefined) {
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 1;
    return;
  }
  const whole = await readRecordedTrack(path, values.cab);
  const start = readNumber('start', values.start);
  const end = values.count === undefined ? undefined : start + readNumber('count', values.count);
  let track: RecordedTrack = {
    unixSeconds: whole.unixSeconds.slice(start, end),
    lon: whole.lon.slice(start, end),
    lat: whole.lat.slice(start, end),
  };
  if (values['shift-to'] !== undefined) {
    const [lon, lat] = values['shift-to'].split(',').map((part) => readNumber('shift-to', part));
    track = shiftTrack(track, lon, lat);
  }
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort());
  const counts = await replayTrack(
    {
      baseUrl: values['base-url'],
      deviceKey: values.key,
      track,
      speedFactor: readNumber('speed', values.speed),
      longestPauseSeconds: readNumber('longest-pause', values['longest-pause']),
    },
    stop.signal,
  );
  for (const [outcome, count] of counts) console.log(`${outcome}: ${count}`);
}

function readNumber(name: string, text: string | undefined): number {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Error(`--${name} is ${text}, expected a number.`);
  return value;
}

if (import.meta.main) {
  main().catch((cause: unknown) => {
    console.error(cause instanceof Error ? cause.message : cause);
    process.exitCode = 1;
  });
}
