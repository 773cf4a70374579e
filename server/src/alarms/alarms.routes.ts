import {
  AlarmClosureSchema,
  AlarmListSchema,
  AlarmQuerySchema,
  AlarmSchema,
  BureauQuerySchema,
  IdParamsSchema,
  RELIABLE_EVENT_ROLES,
} from '@xunfang/geo-data/contract';
import { Counter } from 'prom-client';
import Type from 'typebox';
import { type Access, doerOf, type Module } from '../platform/index.ts';
import type { UnitSignals } from '../units/index.ts';
import { alarmsService } from './alarms.service.ts';
import { createEmergencyIntake } from './emergency-intake.ts';
import './messages.alarms.ts';

/** Who sees where units are sees their alarms; analysts see neither. */
const readInBureau: Access = { roles: RELIABLE_EVENT_ROLES['alarm:changed'], bureau: 'query' };
/** Administrators keep the system; answering is for those on duty. */
const answerInBureau: Access = { roles: ['dispatcher', 'supervisor'], bureau: 'query' };

export const alarmsModule: Module<{ signals: UnitSignals }> = async (app, { db, signals, metrics, now }) => {
  const service = alarmsService({ db, now });
  const raised = new Counter({
    name: 'xunfang_alarm_signals_total',
    help: 'Signals that raised an alarm, or found it open.',
    labelNames: ['kind'],
    registers: [metrics.registry],
  });
  const intake = createEmergencyIntake({ db, now, log: app.log, countRaised: (kind) => raised.inc({ kind }) });
  signals.onEmergency((emergency) => intake.take(emergency));
  app.addHook('onClose', () => intake.stop());

  app.get(
    '/api/alarms',
    {
      config: { access: readInBureau },
      schema: {
        summary: 'Alarms, newest first: open ones, closed ones, or all.',
        querystring: Type.Interface([BureauQuerySchema, AlarmQuerySchema], {}),
        response: { 200: AlarmListSchema },
      },
    },
    (request) => service.list(request.bureau.id, request.query),
  );

  app.post(
    '/api/alarms/:id/acknowledgement',
    {
      config: { access: answerInBureau },
      schema: {
        summary: 'Takes an alarm on: from now on the caller answers for it.',
        querystring: BureauQuerySchema,
        params: IdParamsSchema,
        response: { 200: AlarmSchema },
      },
    },
    (request) => service.acknowledge(request.bureau.id, request.params.id, doerOf(request)),
  );

  app.post(
    '/api/alarms/:id/closure',
    {
      config: { access: answerInBureau },
      schema: {
        summary: 'Closes an acknowledged alarm with a reason.',
        querystring: BureauQuerySchema,
        params: IdParamsSchema,
        body: AlarmClosureSchema,
        response: { 200: AlarmSchema },
      },
    },
    (request) => service.close(request.bureau.id, request.params.id, request.body, doerOf(request)),
  );
};
