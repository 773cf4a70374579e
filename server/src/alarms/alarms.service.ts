import { canChangeAlarm } from '@xunfang/geo-data/alarms';
import type { Alarm, AlarmClosure, AlarmList, AlarmQuery } from '@xunfang/geo-data/contract';
import { appendEvents, audit, type Db, type Doer, problem } from '../platform/index.ts';
import { alarmView } from './alarm-views.ts';
import { alarmsRepository } from './alarms.repository.ts';

type Alarms = ReturnType<typeof alarmsRepository>;

const DEFAULT_LIMIT = 200;

export function alarmsService({ db, now }: { db: Db; now: () => Date }) {
  /** One change of state: judged, made, audited and told in one transaction. */
  function change(
    bureauId: number,
    id: number,
    to: Alarm['state'],
    doer: Doer,
    make: (alarms: Alarms, at: Date) => Promise<Record<string, unknown>>,
  ): Promise<Alarm> {
    return db.transaction().execute(async (trx) => {
      const alarms = alarmsRepository(trx);
      const held = (await alarms.lockState(bureauId, id)) ?? problem(404, 'NOT_FOUND');
      if (!canChangeAlarm(held.state, to)) refuse(held, to);
      const detail = { kind: held.kind, ...(await make(alarms, now())) };
      await audit(trx, { bureauId, ...doer, action: `alarm.${to}`, subject: `alarm:${id}`, detail });
      const view = alarmView((await alarms.byId(bureauId, id)) ?? problem(404, 'NOT_FOUND'));
      await appendEvents(trx, bureauId, [{ event: 'alarm:changed', payload: view }]);
      return view;
    });
  }

  return {
    async list(bureauId: number, { state, unitId, before, limit = DEFAULT_LIMIT }: AlarmQuery): Promise<AlarmList> {
      const rows = await alarmsRepository(db).list({ bureauId, state, unitId, before, limit: limit + 1 });
      const page = rows.slice(0, limit);
      return { alarms: page.map(alarmView), nextBefore: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
    },

    acknowledge: (bureauId: number, id: number, doer: Doer) =>
      change(bureauId, id, 'acknowledged', doer, async (alarms, at) => {
        await alarms.acknowledge(bureauId, id, doer.actor, at);
        return {};
      }),

    close: (bureauId: number, id: number, { reason, note }: AlarmClosure, doer: Doer) =>
      change(bureauId, id, 'closed', doer, async (alarms, at) => {
        await alarms.close(bureauId, id, { by: doer.actor, at, reason, note: note?.trim() || null });
        return { reason };
      }),
  };
}

/** Says who was first: that is what the one who comes second wants to know. */
function refuse(held: NonNullable<Awaited<ReturnType<Alarms['lockState']>>>, to: Alarm['state']): never {
  if (held.state === 'closed') return problem(409, 'ALARM_CLOSED', { by: held.closed_by ?? '' });
  if (to === 'closed') return problem(409, 'ALARM_NOT_ACKNOWLEDGED');
  return problem(409, 'ALARM_ACKNOWLEDGED', { by: held.acknowledged_by ?? '' });
}
