import { haversineDistanceMeters, METERS_PER_DEGREE } from '@xunfang/geo-data/geometry';
import type { SeededRandom } from '@xunfang/geo-data/numeric';
import { RefusedError, ServerAwayError, type ServerLink } from './server-link.ts';
import { type SimulatedUnit, secondsBetween } from './simulated-unit.ts';

/** What a device measures: where it is, give or take what satellites allow. */
interface Measurement {
  lon: number;
  lat: number;
  atMs: number;
  speedMps: number;
  headingDegrees: number;
  accuracyMeters: number;
}

const FIX_SECONDS: [number, number] = [1, 2];
/** Error of a position; it wanders slowly instead of jumping. */
const ERROR_METERS = 2;
const ERROR_KEPT = 0.9;
const MPS_PER_KNOT = 1852 / 3600;
/** Now and then one device falls silent, so that consoles show what an old position looks like. */
const SILENCE_EVERY_SECONDS: [number, number] = [120, 300];
const SILENCE_SECONDS: [number, number] = [45, 240];
/** A key made a moment ago may not be known to the server yet. */
const REFUSAL_PAUSE_MS = 8000;
const REFUSAL_LOG_MS = 60_000;

interface Sender {
  unit: SimulatedUnit;
  nextFixMs: number;
  silentUntilMs: number;
  underWay: boolean;
  errorEastMeters: number;
  errorNorthMeters: number;
}

/** Sends each unit's fixes over OsmAnd, one device at a time as a phone would: a new one only after the last was answered. */
export function createFixSender(
  units: readonly SimulatedUnit[],
  link: ServerLink,
  random: SeededRandom,
  log: (line: string) => void,
) {
  const senders = units.map(
    (unit): Sender => ({
      unit,
      nextFixMs: Date.now() + random.uniform() * 2000,
      silentUntilMs: 0,
      underWay: false,
      errorEastMeters: random.normal(0, ERROR_METERS),
      errorNorthMeters: random.normal(0, ERROR_METERS),
    }),
  );
  let nextRefusalLogMs = 0;
  let nextSilenceMs = Date.now() + secondsBetween(random, SILENCE_EVERY_SECONDS) * 1000;

  function silenceSomebody(nowMs: number): void {
    if (nowMs < nextSilenceMs) return;
    nextSilenceMs = nowMs + secondsBetween(random, SILENCE_EVERY_SECONDS) * 1000;
    random.pick(senders).silentUntilMs = nowMs + secondsBetween(random, SILENCE_SECONDS) * 1000;
  }

  /** One line a minute, however many devices it concerns. */
  function logRefusal({ unit }: Sender, cause: RefusedError): void {
    if (Date.now() < nextRefusalLogMs) return;
    nextRefusalLogMs = Date.now() + REFUSAL_LOG_MS;
    log(`position of ${unit.device.callSign} refused: ${cause.message}`);
  }

  async function send(sender: Sender, nowMs: number): Promise<void> {
    sender.underWay = true;
    try {
      const measurement = measure(sender, nowMs, random);
      const { path, init } = requestOf(sender.unit, measurement);
      await link.sendFix(path, init);
    } catch (cause) {
      if (cause instanceof RefusedError) {
        sender.silentUntilMs = Date.now() + REFUSAL_PAUSE_MS;
        logRefusal(sender, cause);
      } else if (!(cause instanceof ServerAwayError)) throw cause;
    } finally {
      sender.underWay = false;
    }
  }

  return {
    /** Sends what is due. */
    tick(nowMs: number): Promise<void>[] {
      silenceSomebody(nowMs);
      if (!link.isOpen()) return [];
      const due = senders.filter(
        (sender) => !sender.underWay && nowMs >= sender.nextFixMs && nowMs >= sender.silentUntilMs,
      );
      for (const sender of due) sender.nextFixMs = nowMs + secondsBetween(random, FIX_SECONDS) * 1000;
      return due.map((sender) => send(sender, nowMs));
    },
  };
}

function measure(sender: Sender, nowMs: number, random: SeededRandom): Measurement {
  const { unit } = sender;
  const fresh = ERROR_METERS * Math.sqrt(1 - ERROR_KEPT ** 2);
  sender.errorEastMeters = ERROR_KEPT * sender.errorEastMeters + random.normal(0, fresh);
  sender.errorNorthMeters = ERROR_KEPT * sender.errorNorthMeters + random.normal(0, fresh);
  const degreeOfLonMeters = haversineDistanceMeters(unit.at.lon, unit.at.lat, unit.at.lon + 0.01, unit.at.lat) * 100;
  return {
    lon: unit.at.lon + sender.errorEastMeters / degreeOfLonMeters,
    lat: unit.at.lat + sender.errorNorthMeters / METERS_PER_DEGREE,
    atMs: nowMs,
    speedMps: unit.speedMps,
    headingDegrees: unit.headingDegrees,
    accuracyMeters: 3 + 4 * random.uniform(),
  };
}

/** Vehicles speak as Traccar Client up to 8 (query, knots), those on foot and bicycle as version 9 (JSON, metres a second). */
function requestOf({ device, city, status }: SimulatedUnit, fix: Measurement): { path: string; init: RequestInit } {
  const path = `/api/osmand/${encodeURIComponent(device.key)}`;
  if (city.kind === 'foot' || city.kind === 'bicycle') {
    const { lon: longitude, lat: latitude, speedMps: speed, headingDegrees: heading, accuracyMeters: accuracy } = fix;
    const location = {
      timestamp: new Date(fix.atMs).toISOString(),
      coords: { latitude, longitude, accuracy, speed, heading },
      is_moving: speed > 0,
      extras: { status },
    };
    const body = JSON.stringify({ location, device_id: device.identifier });
    return { path, init: { method: 'POST', headers: { 'content-type': 'application/json' }, body } };
  }
  const query = new URLSearchParams({
    id: device.identifier,
    lat: fix.lat.toFixed(7),
    lon: fix.lon.toFixed(7),
    timestamp: String(fix.atMs),
    speed: (fix.speedMps / MPS_PER_KNOT).toFixed(2),
    bearing: fix.headingDegrees.toFixed(1),
    accuracy: fix.accuracyMeters.toFixed(1),
    status,
  });
  return { path: `${path}?${query.toString()}`, init: { method: 'POST' } };
}
