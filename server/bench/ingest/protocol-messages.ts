import { codeOf, phoneOf } from '../jt808-load.ts';
import { LON, latAt } from './ingest-server.ts';

/** One HTTP request of a bench. */
export interface Post {
  path: string;
  body?: string;
}
interface Reported {
  device: number;
  second: number;
  timeMs: number;
}

/** `count` fixes of `devices` devices, a second apart, the last one at `endMs`; device by device in turn. */
export function* fixes(count: number, devices: number, endMs: number): Generator<Reported> {
  const seconds = Math.ceil(count / devices);
  for (let i = 0; i < count; i++) {
    const second = Math.floor(i / devices);
    yield { device: i % devices, second, timeMs: endMs - (seconds - 1 - second) * 1000 };
  }
}

export function osmAndPost({ device, second, timeMs }: Reported): Post {
  const place = `lat=${latAt(second).toFixed(6)}&lon=${LON}`;
  return {
    path: `/api/osmand/${codeOf(device)}?id=${phoneOf(device)}&${place}&timestamp=${timeMs}&speed=12.5&bearing=90.0&accuracy=4.8&status=patrolling`,
  };
}

export function ownTracksPost({ device, second, timeMs }: Reported): Post {
  return {
    path: `/api/owntracks/${codeOf(device)}`,
    body: JSON.stringify({
      _type: 'location',
      tid: 'b1',
      lat: Number(latAt(second).toFixed(6)),
      lon: LON,
      tst: Math.floor(timeMs / 1000),
      acc: 5,
      vel: 23,
      cog: 90,
      batt: 80,
    }),
  };
}

export const jsonItem = ({ device, second, timeMs }: Reported) => ({
  device: phoneOf(device),
  time: new Date(timeMs).toISOString(),
  lon: LON,
  lat: Number(latAt(second).toFixed(6)),
  speedKmh: 23.1,
  headingDegrees: 90,
  accuracyMeters: 4.8,
  status: 'patrolling',
});

export const gb28181Item = ({ device, second, timeMs }: Reported) => ({
  DeviceID: phoneOf(device),
  // Beijing's, without an offset.
  Time: new Date(timeMs + 8 * 3_600_000).toISOString().slice(0, 19),
  Longitude: LON,
  Latitude: Number(latAt(second).toFixed(6)),
  Speed: 23.1,
  Direction: 90,
  Altitude: 500,
});

/** Lists of items to one path. */
export function* batches(
  path: string,
  itemOf: (fix: Reported) => object,
  all: Iterable<Reported>,
  size: number,
): Generator<Post> {
  let items: object[] = [];
  for (const fix of all) {
    items.push(itemOf(fix));
    if (items.length < size) continue;
    yield { path, body: JSON.stringify(items) };
    items = [];
  }
  if (items.length > 0) yield { path, body: JSON.stringify(items) };
}
