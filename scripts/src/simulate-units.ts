import { parseArgs } from 'node:util';
import { runSimulator } from './simulator/run-simulator.ts';
import { readSimulatorConfig } from './simulator/simulator-config.ts';

const USAGE = `Drives the demonstration bureau: units along real roads, and calls they answer.

  node scripts/src/simulate-units.ts [--config data/simulator.json] [--base-url http://127.0.0.1:8080] [--seed n] [--no-calls]

The file holds the keys of the devices and an API key; the first start makes it in DATA_DIR. SIMULATOR_CONFIG,
SIMULATOR_BASE_URL and SIMULATOR_SEED do the same as the options.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      config: { type: 'string' },
      'base-url': { type: 'string' },
      seed: { type: 'string' },
      'no-calls': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const { env } = process;
  const path = values.config ?? env.SIMULATOR_CONFIG ?? `${env.DATA_DIR ?? './data'}/simulator.json`;
  const config = await readSimulatorConfig(path, {
    SIMULATOR_BASE_URL: values['base-url'] ?? env.SIMULATOR_BASE_URL,
    SIMULATOR_SEED: values.seed ?? env.SIMULATOR_SEED,
  });
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(name, () => stop.abort());
  await runSimulator({ ...config, ...(values['no-calls'] ? { calls: false } : {}) }, stop.signal);
  // Listening for the end of a parent keeps this process alive.
  if (process.connected) process.disconnect();
}

if (import.meta.main) {
  main().catch((cause: unknown) => {
    console.error(cause instanceof Error ? cause.message : cause);
    process.exitCode = 1;
  });
}
