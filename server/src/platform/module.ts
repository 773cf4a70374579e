import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { BureauDirectory } from './access/bureau-directory.ts';
import type { Config } from './config.ts';
import type { Db, Sql } from './database/open-database.ts';
import type { Metrics } from './metrics.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Realtime } from './realtime/realtime.ts';
import type { Workers } from './workers.ts';

/** What every module is given. */
export interface ModuleDeps {
  config: Config;
  db: Db;
  sql: Sql;
  workers: Workers;
  metrics: Metrics;
  realtime: Realtime;
  outbox: Outbox;
  bureaus: BureauDirectory;
  /** The time, so that tests can set it. */
  now: () => Date;
}

/** One domain's routes. `app.register(plansModule, deps)` in app.ts; its scope is its own, so parsers and hooks do not leak. `Shared`: what app.ts makes for it. */
export type Module<Shared extends object = object> = FastifyPluginAsyncTypebox<ModuleDeps & Shared>;
