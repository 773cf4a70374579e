import { readFile } from 'node:fs/promises';

/** What the simulator is given; the start script writes it as DATA_DIR/simulator.json for its owner alone. */
export interface SimulatorConfig {
  /** Address of the server, for example http://127.0.0.1:8080. */
  baseUrl: string;
  bureau: string;
  /** Scopes incidents:read, incidents:write, plans:read. */
  apiKey: string;
  devices: readonly SimulatedDevice[];
  /** The same seed drives and calls the same way; live calls fall on the hot spots that this seed makes. */
  seed?: number;
  timeZone?: string;
  /** False: units patrol, and nobody calls. */
  calls?: boolean;
  /** How much faster than life units drive and calls go on; 1 unless a test has no time. */
  timeFactor?: number;
}

export interface SimulatedDevice {
  identifier: string;
  callSign: string;
  key: string;
  /** The beat it is rostered to; otherwise units are spread over the beats in their order. */
  beatNumber?: number;
}

/** Reads and checks a file of the form of `SimulatorConfig`; what the environment sets goes first. */
export async function readSimulatorConfig(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<SimulatorConfig> {
  const config = JSON.parse(await readFile(path, 'utf8')) as Partial<SimulatorConfig>;
  if (env.SIMULATOR_BASE_URL) config.baseUrl = env.SIMULATOR_BASE_URL;
  if (env.SIMULATOR_SEED) config.seed = Number(env.SIMULATOR_SEED);
  for (const name of ['baseUrl', 'bureau', 'apiKey'] as const)
    if (typeof config[name] !== 'string') throw new Error(`${path}: ${name} is ${typeof config[name]}, expected text.`);
  if (!Array.isArray(config.devices) || config.devices.length === 0)
    throw new Error(`${path}: devices is ${typeof config.devices}, expected a list of at least 1.`);
  if (config.seed !== undefined && !Number.isSafeInteger(config.seed))
    throw new Error(`${path}: seed is ${config.seed}, expected an integer.`);
  return config as SimulatorConfig;
}
