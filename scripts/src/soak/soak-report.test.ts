import { describe, expect, it } from 'vitest';
import { readServerFigures } from './server-figures.ts';
import { type SoakRun, type SoakSample, soakFigures, soakReport } from './soak-report.ts';

const MIB = 2 ** 20;
const HOUR = 3600;

/** An hour: memory jumps at first, then grows by 6 MiB an hour; a tenth of a core. */
const samples: SoakSample[] = Array.from({ length: 360 }, (_, i) => {
  const atSeconds = (i + 1) * 10;
  return {
    atSeconds,
    residentBytes: atSeconds < 0.2 * HOUR ? 100 * MIB : (200 + (6 * atSeconds) / HOUR) * MIB,
    heapBytes: 50 * MIB,
    eventLoopP99Seconds: i === 7 ? 0.08 : 0.011,
    cpuSeconds: atSeconds / 10,
    queuedBytes: i === 9 ? 4096 : 0,
    cutOff: 1,
    trackRowsDropped: 0,
  };
});
const run: SoakRun = {
  startedAt: new Date('2026-11-24T14:00:00Z'),
  seconds: HOUR,
  units: 500,
  consoles: 50,
  meanLifeSeconds: 60,
  samples,
  devices: { sent: 1_800_000, refused: 0 },
  consoleCounts: { frames: 999, droppedFrames: 1, restarts: 3000, lost: 0, errors: 0, firstError: null },
  ended: null,
  machine: '2 × a core',
};

describe('soak report', () => {
  it('measures memory after the first fifth, and the rest over all of the run', () => {
    const { resident, heap, eventLoopP99Ms, cpuShare, mostQueuedBytes, droppedShare } = soakFigures(run);
    expect(resident.slope).toBeCloseTo(6, 3);
    expect(resident.low).toBeGreaterThan(5.9);
    expect(resident.high).toBeLessThan(6.1);
    expect(resident.lastMib).toBeCloseTo(206, 6);
    expect(heap.slope).toBeCloseTo(0, 6);
    expect([eventLoopP99Ms.median, eventLoopP99Ms.worst]).toEqual([11, 80]);
    expect([cpuShare, mostQueuedBytes, droppedShare]).toEqual([expect.closeTo(0.1, 9), 4096, 0.001]);
  });

  it('says how long it ran, and why it ended before its time', () => {
    const report = soakReport({ ...run, seconds: 125, ended: 'the server ended with 1' });
    expect(report).toContain('2026-11-24 14:00 UTC, 2.1 minutes: 500 units');
    expect(report).toContain('**Ended early:** the server ended with 1');
    expect(soakReport(run)).toContain('| resident memory, slope | 6.0 MiB/h (95 %: 6.0 to 6.0) |');
  });

  it('reads what the server says of itself, and misses nothing silently', () => {
    const page = [
      '# HELP xunfang_process_resident_memory_bytes Resident memory size in bytes.',
      'xunfang_process_resident_memory_bytes 104857600',
      'xunfang_nodejs_heap_size_used_bytes 5e7',
      'xunfang_nodejs_eventloop_lag_p99_seconds 0.0115',
      'xunfang_process_cpu_seconds_total 12.5',
      'xunfang_socket_queued_bytes 0',
      'xunfang_socket_cut_off 2',
      'xunfang_track_rows_dropped 0',
    ];
    expect(readServerFigures(page.join('\n'))).toMatchObject({
      residentBytes: 104_857_600,
      cpuSeconds: 12.5,
      cutOff: 2,
    });
    expect(() => readServerFigures(page.slice(0, -1).join('\n'))).toThrow(
      '/metrics has no xunfang_track_rows_dropped.',
    );
  });
});
