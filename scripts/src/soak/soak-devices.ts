import { Agent, request } from 'node:http';
import { METERS_PER_DEGREE } from '@xunfang/geo-data/geometry';

export interface SoakDevices {
  counts(): { sent: number; refused: number };
  stop(): void;
}

const TICK_MS = 20;
const CENTRE = { lon: 104.04, lat: 30.64 };
const RADIUS_DEGREES = 0.03;
const SPEED_METERS_PER_SECOND = 10;

/** Every device reports once a second by the OsmAnd protocol, spread over the second, driving around in a circle of its own. */
export function startSoakDevices(url: string, keys: readonly string[]): SoakDevices {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const { hostname, port } = new URL(url);
  const startedAtMs = performance.now();
  let sent = 0;
  let refused = 0;
  let stopped = false;

  function report(device: number, second: number): void {
    const radius = (RADIUS_DEGREES * (device + 1)) / keys.length;
    const angle = (second * SPEED_METERS_PER_SECOND) / (radius * METERS_PER_DEGREE) + device;
    const lon = CENTRE.lon + radius * Math.cos(angle);
    const lat = CENTRE.lat + radius * Math.sin(angle);
    const query = `lat=${lat.toFixed(6)}&lon=${lon.toFixed(6)}&speed=10&bearing=90&accuracy=5&timestamp=${Date.now()}`;
    const sending = request(
      { hostname, port, path: `/api/osmand/${keys[device]}?${query}`, method: 'POST', agent },
      (answer) => {
        if (answer.statusCode !== 200) refused++;
        answer.resume();
      },
    );
    // What was on its way at the end is ended by us.
    sending.on('error', () => {
      if (!stopped) refused++;
    });
    sending.end();
  }

  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAtMs) * keys.length) / 1000);
    for (; sent < due; sent++) report(sent % keys.length, Math.floor(sent / keys.length));
  }, TICK_MS);
  return {
    counts: () => ({ sent, refused }),
    stop() {
      stopped = true;
      clearInterval(timer);
      agent.destroy();
    },
  };
}
