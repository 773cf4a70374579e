import type { FastifyInstance } from 'fastify';
import { Server } from 'socket.io';

export const JSON_PATH = '/json.io';
interface Reported {
  device: string;
  time: string;
  lon: number;
  lat: number;
  speedKmh: number;
  headingDegrees: number;
  accuracyMeters: number;
}

/**
 * The way out that one writes first, and writes well, beside ours on the same server and behind the same intake: positions in a map,
 * sent as JSON by socket.io, either all of them each second to whoever keeps up (`array`) or each when it comes, as Traccar does.
 */
export function broadcastJson(app: FastifyInstance, mode: 'array' | 'per fix'): void {
  const positions = new Map<number, Reported & { timeMs: number }>();
  const io = new Server(app.server, { path: JSON_PATH, serveClient: false, perMessageDeflate: false });
  app.addHook('preHandler', async (request) => {
    if (request.url !== '/api/positions') return;
    const nowMs = Date.now();
    for (const fix of request.body as Reported[]) {
      const id = Number(fix.device.slice('phone-'.length));
      const position = { ...fix, timeMs: Date.parse(fix.time) };
      positions.set(id, position);
      if (mode === 'per fix') io.emit('position', viewOf(id, position, nowMs));
    }
  });
  if (mode === 'per fix') return;
  setInterval(() => {
    const timeMs = Date.now();
    const units = [...positions].map(([id, position]) => viewOf(id, position, timeMs));
    io.volatile.emit('positions', { timeMs, units });
  }, 1000).unref();
}

/** The same facts as a frame holds, with the precision of JSON that somebody thought about. */
function viewOf(id: number, position: Reported & { timeMs: number }, nowMs: number) {
  return {
    id,
    lon: Number(position.lon.toFixed(5)),
    lat: Number(position.lat.toFixed(5)),
    age: Math.round((nowMs - position.timeMs) / 100) / 10,
    speed: Math.round(position.speedKmh),
    heading: Math.round(position.headingDegrees),
    status: 1,
    accuracy: Math.round(position.accuracyMeters),
  };
}
