import { beforeEach, describe, expect, it, vi } from 'vitest';
import { runSoak } from './run-soak.ts';
import { askServerFigures, type ServerFigures } from './server-figures.ts';
import { soakReport } from './soak-report.ts';

const log: string[] = [];
vi.mock(import('node:timers/promises'), async (original) => ({
  ...(await original()),
  setTimeout: (_ms: unknown, value: unknown) => Promise.resolve(value) as Promise<never>,
}));
vi.mock(import('./server-figures.ts'), () => ({ askServerFigures: vi.fn<typeof askServerFigures>() }));
vi.mock(import('./soak-server.ts'), () => ({
  startSoakServer: () =>
    Promise.resolve({
      url: 'http://127.0.0.1:9',
      bureau: 'soak',
      cookie: '',
      deviceKeys: ['key'],
      died: new Promise<string>(() => {}),
      stop: () => Promise.resolve(void log.push('server stopped')),
    }),
}));
vi.mock(import('./soak-devices.ts'), () => ({
  startSoakDevices: () => ({
    counts: () => ({ sent: 3, refused: 0 }),
    stop: () => void log.push('devices stopped'),
  }),
}));
vi.mock(import('./soak-consoles.ts'), () => ({
  startSoakConsoles: () => ({
    counts: () => ({ frames: 9, droppedFrames: 0, restarts: 0, lost: 0, errors: 0, firstError: null }),
    stop: () => Promise.resolve(void log.push('consoles stopped')),
  }),
}));

const FIGURES: ServerFigures = {
  residentBytes: 2 ** 28,
  heapBytes: 2 ** 26,
  eventLoopP99Seconds: 0.01,
  cpuSeconds: 1,
  queuedBytes: 0,
  cutOff: 0,
  trackRowsDropped: 0,
};
const ORDER = { minutes: 60, units: 1, consoles: 1, meanLifeSeconds: 60 };
const ask = vi.mocked(askServerFigures);
const STOPPED = ['devices stopped', 'consoles stopped', 'server stopped'];

beforeEach(() => {
  log.length = 0;
  ask.mockReset();
});

describe('a soak', () => {
  it('whose server gives no figures any more ends with a report of what was measured', async () => {
    ask.mockResolvedValueOnce(FIGURES).mockResolvedValueOnce(FIGURES).mockRejectedValue(new Error('no answer'));
    const run = await runSoak(ORDER, new AbortController().signal);
    expect(run.ended).toContain('no answer');
    expect(run.samples).toHaveLength(2);
    expect(soakReport(run)).toContain('no answer');
    expect(log).toEqual(STOPPED);
  });

  it('that fails stops its devices and consoles as well', async () => {
    ask.mockResolvedValue(FIGURES);
    const onSample = () => {
      throw new Error('no disk');
    };
    await expect(runSoak({ ...ORDER, onSample }, new AbortController().signal)).rejects.toThrow('no disk');
    expect(log).toEqual(STOPPED);
  });
});
