import type { ReliableEvent } from '@xunfang/geo-data/contract';
import type { FenceCrossing } from '@xunfang/geo-data/geofences';
import { endAlarm, type NewAlarm, raiseAlarm } from '../alarms/index.ts';
import { appendEvents, type Db } from '../platform/index.ts';
import { geofenceEventView } from './geofence-views.ts';
import { type Crossing, type EventRow, type GeofencesRepository, geofencesRepository } from './geofences.repository.ts';

/** What each kind of fence makes of a crossing: an alarm raised, or ended. */
const ALARM_OF = {
  restricted: { kind: 'restricted_entered', raisedBy: 'enter' },
  keep_in: { kind: 'keep_in_left', raisedBy: 'exit' },
  watch: null,
} as const;

/**
 * Stores the crossings of a bureau in one transaction with what is told of them. A crossing that another process has stored, and one of a
 * fence that is gone, is passed over: the row that says "inside" is inserted or deleted by one of them only. So is one that is not later
 * than what is stored: a process that lags behind sees a unit come and go that another has seen go already.
 */
export async function writeCrossings(
  db: Db,
  bureauId: number,
  crossings: readonly FenceCrossing[],
  now: Date,
): Promise<EventRow[]> {
  // In one order in every process, so that two never wait for each other.
  const ordered = crossings.toSorted((a, b) => a.fenceId - b.fenceId || a.unitId - b.unitId);
  return db.transaction().execute(async (trx) => {
    const fences = geofencesRepository(trx);
    const told: ReliableEvent[] = [];
    const stored: EventRow[] = [];
    for (const { unitId, fenceId, change, atMs, lon, lat } of ordered) {
      const crossing = { unitId, fenceId, at: new Date(atMs), lon, lat };
      if (change === 'forget') {
        if (await fences.removePresence(bureauId, crossing))
          told.push(...(await endRestricted(trx, bureauId, crossing)));
        continue;
      }
      const event = await storeOne(fences, bureauId, crossing, change);
      if (event === undefined) continue;
      stored.push(event);
      told.push({ event: 'geofence:crossed', payload: geofenceEventView(event) });
      told.push(...(await alarmsOf(trx, bureauId, crossing, event, now)));
    }
    if (told.length > 0) await appendEvents(trx, bureauId, told);
    return stored;
  });
}

async function storeOne(fences: GeofencesRepository, bureauId: number, crossing: Crossing, change: 'enter' | 'exit') {
  const lastAt = await fences.lastCrossedAt(bureauId, crossing);
  if (lastAt !== undefined && crossing.at <= lastAt) return undefined;
  const isNews =
    change === 'enter' ? await fences.addPresence(bureauId, crossing) : await fences.removePresence(bureauId, crossing);
  return isNews ? fences.addEvent(bureauId, crossing, change) : undefined;
}

function alarmOf(kind: NewAlarm['kind'], { unitId, fenceId, at, lon, lat }: Crossing, now: Date): NewAlarm {
  return {
    kind,
    subject: `unit:${unitId} geofence:${fenceId}`,
    unitId,
    deviceId: null,
    geofenceId: fenceId,
    signalledAt: at,
    raisedAt: now,
    place: { lon, lat, at },
  };
}

async function alarmsOf(
  trx: Db,
  bureauId: number,
  crossing: Crossing,
  event: EventRow,
  now: Date,
): Promise<ReliableEvent[]> {
  const rule = ALARM_OF[event.kind];
  if (rule === null) return [];
  const alarm = alarmOf(rule.kind, crossing, now);
  return event.crossing === rule.raisedBy
    ? raiseAlarm(trx, bureauId, alarm, `geofence:${crossing.fenceId}`)
    : endAlarm(trx, bureauId, alarm, crossing.at);
}

/** The fence no longer counts for the unit that is in it, so an alarm about that tells of something that is over. */
async function endRestricted(trx: Db, bureauId: number, crossing: Crossing): Promise<ReliableEvent[]> {
  return endAlarm(trx, bureauId, alarmOf('restricted_entered', crossing, crossing.at), crossing.at);
}
