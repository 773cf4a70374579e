import { loadConfig } from './platform/index.ts';
import { serveUntilSignal } from './serve-until-signal.ts';

await serveUntilSignal(() => loadConfig(process.env));
