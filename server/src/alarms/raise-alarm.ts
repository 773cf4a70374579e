import type { ReliableEvent } from '@xunfang/geo-data/contract';
import { audit, type Db } from '../platform/index.ts';
import { alarmView } from './alarm-views.ts';
import { alarmsRepository, type NewAlarm } from './alarms.repository.ts';

/**
 * Raises an alarm in the caller's transaction, which appends the events that come back as its last statement. Raising again what is open
 * raises nothing; if it had ended before this signal, it goes on. `by`: what raised it, for the audit.
 */
export async function raiseAlarm(trx: Db, bureauId: number, alarm: NewAlarm, by: string): Promise<ReliableEvent[]> {
  const alarms = alarmsRepository(trx);
  const id = await alarms.insert(bureauId, alarm);
  if (id === undefined)
    return changedEvents(trx, bureauId, await alarms.reopen(bureauId, alarm.kind, alarm.subject, alarm.signalledAt));
  const { kind, unitId, deviceId, geofenceId } = alarm;
  const detail = { kind, unitId, deviceId, geofenceId, signalledAt: alarm.signalledAt.toISOString() };
  await audit(trx, { bureauId, actor: by, action: 'alarm.raised', subject: `alarm:${id}`, detail });
  return changedEvents(trx, bureauId, id);
}

/** What an alarm told of has ended: a person still has to close it. */
export async function endAlarm(
  trx: Db,
  bureauId: number,
  { kind, subject }: Pick<NewAlarm, 'kind' | 'subject'>,
  endedAt: Date,
): Promise<ReliableEvent[]> {
  return changedEvents(trx, bureauId, await alarmsRepository(trx).end(bureauId, kind, subject, endedAt));
}

/** The same of every alarm of a fence. */
export async function endAlarmsOfFence(
  trx: Db,
  bureauId: number,
  geofenceId: number,
  endedAt: Date,
): Promise<ReliableEvent[]> {
  const events: ReliableEvent[] = [];
  for (const id of await alarmsRepository(trx).endOfFence(bureauId, geofenceId, endedAt))
    events.push(...(await changedEvents(trx, bureauId, id)));
  return events;
}

async function changedEvents(trx: Db, bureauId: number, id: number | undefined): Promise<ReliableEvent[]> {
  const row = id === undefined ? undefined : await alarmsRepository(trx).byId(bureauId, id);
  return row === undefined ? [] : [{ event: 'alarm:changed', payload: alarmView(row) }];
}
