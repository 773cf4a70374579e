import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runSoak } from './soak/run-soak.ts';
import { soakReport } from './soak/soak-report.ts';

const USAGE = `Loads a server of its own for a long time and says how it bore it.

  node scripts/src/soak.ts [--minutes 30] [--units 500] [--consoles 50] [--life 60] [--report soak.md]

--minutes 1440 is a day. --life: how many seconds a console lives on average before it is started again.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '30' },
      units: { type: 'string', default: '500' },
      consoles: { type: 'string', default: '50' },
      life: { type: 'string', default: '60' },
      report: { type: 'string', default: 'soak.md' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const number = (name: 'minutes' | 'units' | 'consoles' | 'life') => {
    const value = Number(values[name]);
    if (!(value > 0)) throw new Error(`--${name} is "${values[name]}" when expected a number above 0.`);
    return value;
  };
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort());
  const run = await runSoak(
    {
      minutes: number('minutes'),
      units: number('units'),
      consoles: number('consoles'),
      meanLifeSeconds: number('life'),
    },
    stop.signal,
  );
  const report = soakReport(run);
  await writeFile(values.report, report);
  console.log(report);
  if (run.ended !== null || run.consoleCounts.errors > 0) process.exitCode = 1;
}

main().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 1;
});
