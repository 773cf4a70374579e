import type { FastifyBaseLogger } from 'fastify';
import { appendEvents, type Db } from '../platform/index.ts';
import type { UnitEmergency } from '../units/index.ts';
import type { NewAlarm } from './alarms.repository.ts';
import { endAlarm, raiseAlarm } from './raise-alarm.ts';

interface IntakeDeps {
  db: Db;
  now: () => Date;
  log: Pick<FastifyBaseLogger, 'error'>;
  countRaised: (kind: NewAlarm['kind']) => void;
}

/** Beyond this the oldest are given up: more buttons than a bureau has units. */
const MOST_WAITING = 5000;
const RETRY_MS = 1000;

/** Takes emergency signals off the way of positions and stores them in their order. While the database is away they wait. */
export function createEmergencyIntake({ db, now, log, countRaised }: IntakeDeps) {
  const waiting: { emergency: UnitEmergency; heardAt: Date }[] = [];
  let working: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;

  async function store(emergency: UnitEmergency, heardAt: Date): Promise<void> {
    const { bureauId, deviceId, unitId, change, atMs, place } = emergency;
    const subject = unitId === null ? `device:${deviceId}` : `unit:${unitId}`;
    await db.transaction().execute(async (trx) => {
      const events =
        change === 'cleared'
          ? await endAlarm(trx, bureauId, { kind: 'sos', subject }, new Date(atMs))
          : await raiseAlarm(
              trx,
              bureauId,
              {
                kind: 'sos',
                subject,
                unitId,
                deviceId,
                geofenceId: null,
                signalledAt: new Date(atMs),
                raisedAt: heardAt,
                place: place === undefined ? null : { lon: place.lon, lat: place.lat, at: new Date(place.fixedAtMs) },
              },
              `device:${deviceId}`,
            );
      if (events.length > 0) await appendEvents(trx, bureauId, events);
    });
    if (change !== 'cleared') countRaised('sos');
  }

  async function work(): Promise<void> {
    try {
      for (let next = waiting.at(0); next !== undefined; next = waiting.at(0)) {
        await store(next.emergency, next.heardAt);
        // It may have been given up while it was being stored.
        if (waiting[0] === next) waiting.shift();
      }
    } catch (cause) {
      log.error({ err: cause, waiting: waiting.length }, 'an emergency could not be stored');
      if (!stopped) retry = setTimeout(wake, RETRY_MS);
      retry?.unref();
    } finally {
      working = undefined;
    }
  }
  function wake(): void {
    clearTimeout(retry);
    working ??= work();
  }

  return {
    take(emergency: UnitEmergency): void {
      if (waiting.length >= MOST_WAITING) {
        waiting.shift();
        log.error('an emergency was given up: too many wait for the database');
      }
      waiting.push({ emergency, heardAt: now() });
      wake();
    },
    /** Stores what is waiting; what cannot be stored now is lost with the process. */
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(retry);
      await working;
      if (waiting.length > 0) {
        wake();
        await working;
      }
    },
  };
}
