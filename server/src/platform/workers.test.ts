import { afterAll, describe, expect, it } from 'vitest';
import { createWorkers } from './workers.ts';

const workers = createWorkers(2);
afterAll(() => workers.close());
const double = new URL('./testing/double.task.ts', import.meta.url);

describe('workers', () => {
  it('run a TypeScript task, moving buffers in and out', async () => {
    const input = Float64Array.of(1, 2, 3);
    const result = await workers.run<Float64Array>(double, input, { transfer: [input.buffer] });
    expect([...result]).toEqual([2, 4, 6]);
    expect(input.length).toBe(0);
  });

  it('hand on what a task throws', async () => {
    await expect(workers.run(double, new Float64Array(0))).rejects.toThrow('Added 0 numbers when expected at least 1.');
  });

  it('stop a task that nobody waits for any more', async () => {
    const abort = new AbortController();
    const running = workers.run(double, Float64Array.of(Number.POSITIVE_INFINITY), { signal: abort.signal });
    abort.abort();
    await expect(running).rejects.toThrow(/abort/i);
    expect([...(await workers.run<Float64Array>(double, Float64Array.of(4)))]).toEqual([8]);
  });
});
