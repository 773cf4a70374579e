import { Counter, Gauge } from 'prom-client';
import type { Metrics } from '../platform/index.ts';
import { FIX_OUTCOMES, type FixOutcome } from './position-ingest.ts';
import { MESSAGE_OUTCOMES, type MessageOutcome } from './reception.ts';
import type { TrackWriterStats } from './track-writer.ts';

/** Registers the figures of the position path; returns what counts a fix and what counts a message. */
export function createUnitsMetrics({ registry }: Metrics, trackStats: () => TrackWriterStats) {
  const fixes = new Counter({
    name: 'xunfang_position_fixes_total',
    help: 'Positions reported by devices, by what became of them.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const trackFigures: [name: string, help: string, read: (stats: TrackWriterStats) => number][] = [
    ['xunfang_track_rows_waiting', 'Track rows not stored yet.', (stats) => stats.waitingRows],
    ['xunfang_track_rows_written', 'Track rows stored since the start.', (stats) => stats.writtenRows],
    ['xunfang_track_rows_dropped', 'Track rows lost while the database was away.', (stats) => stats.droppedRows],
  ];
  for (const [name, help, read] of trackFigures) {
    const gauge: Gauge = new Gauge({ name, help, collect: () => gauge.set(read(trackStats())), registers: [] });
    registry.registerMetric(gauge);
  }
  const messages = new Counter({
    name: 'xunfang_device_messages_total',
    help: 'Messages of devices, by their protocol and what became of them.',
    labelNames: ['protocol', 'outcome'],
    registers: [registry],
  });
  const byOutcome = new Map(FIX_OUTCOMES.map((outcome) => [outcome, fixes.labels(outcome)]));
  const byProtocol = new Map<string, Map<MessageOutcome, Counter.Internal>>();
  const countersOf = (protocol: string) => {
    const counters = new Map(MESSAGE_OUTCOMES.map((outcome) => [outcome, messages.labels(protocol, outcome)]));
    byProtocol.set(protocol, counters);
    return counters;
  };
  return {
    countFix: (outcome: FixOutcome) => byOutcome.get(outcome)?.inc(),
    countMessage: (protocol: string, outcome: MessageOutcome) =>
      (byProtocol.get(protocol) ?? countersOf(protocol)).get(outcome)?.inc(),
  };
}
