import type { Installation } from './installation.ts';

/** A unit's morning of the day before: drives, stands half an hour at a police station, drives on, stands again at another. */
const STATION = { lon: 104.059774, lat: 30.626576 };
const NEXT_STATION = { lon: 104.051794, lat: 30.627456 };
const MINUTE = 60;
const DRIVE_SECONDS = 5 * MINUTE;
const STAND_SECONDS = 30 * MINUTE;

export interface TrackHistory {
  /** As the field for the start of a period wants it, in the bureau's zone. */
  from: string;
  /** Call signs of those that have one. */
  callSigns: string[];
}

/** Reports a morning of yesterday for the first units, through devices of their own, as a phone does that was without network. */
export async function reportYesterday(installation: Installation, units: number): Promise<TrackHistory> {
  const day = new Date(Date.now() - 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);
  const startSeconds = Date.parse(`${day}T09:00:00+08:00`) / 1000;
  const ask = await signIn(installation);
  const bureau = 'bureau=chengdu-wuhou';
  const { units: roster } = (await ask('GET', `/api/units?${bureau}`)) as { units: { id: number; callSign: string }[] };
  const chosen = roster.slice(0, units);
  for (const [i, { id, callSign }] of chosen.entries()) {
    const device = { identifier: `history-${callSign}`, unitId: id };
    const { key } = (await ask('POST', `/api/devices?${bureau}`, device)) as { key: string };
    await ask('POST', `/api/positions/${key}`, morning(startSeconds + i * 4 * MINUTE));
  }
  return { from: `${day}T09:00`, callSigns: chosen.map(({ callSign }) => callSign) };
}

function morning(startSeconds: number) {
  const fixes: object[] = [];
  const add = (at: number, lon: number, lat: number, speedKmh: number) =>
    fixes.push({ time: startSeconds + at, lon, lat, speedKmh, accuracyMeters: 6 });
  const from = { lon: 104.0705, lat: 30.6302 };
  let at = 0;
  for (const [start, end] of [
    [from, STATION],
    [STATION, NEXT_STATION],
  ]) {
    for (let passed = 0; passed < DRIVE_SECONDS; passed += 5) {
      const share = passed / DRIVE_SECONDS;
      add(at + passed, start.lon + share * (end.lon - start.lon), start.lat + share * (end.lat - start.lat), 21);
    }
    at += DRIVE_SECONDS;
    // A receiver that stands still wanders by some metres.
    for (let passed = 0; passed < STAND_SECONDS; passed += 15)
      add(at + passed, end.lon + 4e-5 * Math.sin(passed), end.lat + 4e-5 * Math.cos(passed), 0);
    at += STAND_SECONDS;
  }
  return fixes;
}

async function signIn({ url, passwordOf }: Installation) {
  const json = { 'content-type': 'application/json' };
  const credentials = JSON.stringify({ username: 'admin', password: passwordOf('admin') });
  const session = await fetch(`${url}/api/session`, { method: 'POST', headers: json, body: credentials });
  const { csrfToken } = (await session.json()) as { csrfToken: string };
  const cookie = (session.headers.get('set-cookie') ?? '').split(';')[0];
  return async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(url + path, {
      method,
      headers: { ...(body === undefined ? {} : json), cookie, 'x-csrf-token': csrfToken },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
}
