import { Counter, Gauge } from 'prom-client';
import type { Metrics } from '../../platform/index.ts';
import { CLOSE_REASONS, type CloseReason } from './close-reason.ts';
import { FRAME_FAULTS, type FrameFault, MESSAGE, RESULT, type Result } from './jt808-message.ts';

const KNOWN_MESSAGES: ReadonlySet<number> = new Set(Object.values(MESSAGE));
const RESULT_NAMES = Object.keys(RESULT);
const messageName = (id: number): string =>
  KNOWN_MESSAGES.has(id) ? `0x${id.toString(16).padStart(4, '0')}` : 'other';

export type Jt808Metrics = ReturnType<typeof createJt808Metrics>;

/** Figures of the gateway. Labels are few whatever terminals send. */
export function createJt808Metrics({ registry }: Metrics, stats: () => { connections: number; authenticated: number }) {
  const messages = new Counter({
    name: 'xunfang_jt808_messages_total',
    help: 'JT/T 808 messages by id and by the result they were answered with.',
    labelNames: ['message', 'result'],
    registers: [registry],
  });
  const faults = new Counter({
    name: 'xunfang_jt808_frame_faults_total',
    help: 'JT/T 808 frames that are no message.',
    labelNames: ['fault'],
    registers: [registry],
  });
  const closed = new Counter({
    name: 'xunfang_jt808_closed_total',
    help: 'JT/T 808 connections that the gateway ended.',
    labelNames: ['reason'],
    registers: [registry],
  });
  const emergencies = new Counter({
    name: 'xunfang_jt808_emergencies_total',
    help: 'Emergency buttons of JT/T 808 terminals that were pressed.',
    registers: [registry],
  });
  for (const figure of ['connections', 'authenticated'] as const) {
    const gauge: Gauge = new Gauge({
      name: `xunfang_jt808_${figure}`,
      help: `JT/T 808 terminals: ${figure}.`,
      collect: () => gauge.set(stats()[figure]),
      registers: [],
    });
    registry.registerMetric(gauge);
  }
  // Looking a label up costs more than counting it.
  const ofMessage = new Map<number, Counter.Internal[]>();
  const byFault = new Map(FRAME_FAULTS.map((fault) => [fault, faults.labels(fault)]));
  const byReason = new Map(CLOSE_REASONS.map((reason) => [reason, closed.labels(reason)]));
  const others = RESULT_NAMES.map((result) => messages.labels('other', result));
  for (const id of KNOWN_MESSAGES)
    ofMessage.set(
      id,
      RESULT_NAMES.map((result) => messages.labels(messageName(id), result)),
    );
  return {
    countMessage: (id: number, result: Result) => (ofMessage.get(id) ?? others)[result].inc(),
    countFault: (fault: FrameFault) => byFault.get(fault)?.inc(),
    countClosed: (reason: CloseReason) => byReason.get(reason)?.inc(),
    countEmergency: () => emergencies.inc(),
  };
}
