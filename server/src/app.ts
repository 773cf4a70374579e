import { randomBytes } from 'node:crypto';
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { pino } from 'pino';
import { alarmsModule } from './alarms/index.ts';
import { plansModule } from './beats/index.ts';
import { bureausModule } from './bureaus/index.ts';
import { geofencesModule } from './geofences/index.ts';
import { hotspotsModule } from './hotspots/index.ts';
import { identityModule, sessionService } from './identity/index.ts';
import { incidentsModule } from './incidents/index.ts';
import {
  bureauDirectory,
  type Config,
  createDatabaseWatch,
  createMetrics,
  createNotices,
  createOutbox,
  createRealtime,
  createSharedRows,
  type DatabaseWatchSettings,
  type Db,
  endConnections,
  type Heartbeat,
  handleError,
  type Logger,
  type Outbox,
  type OutboxSettings,
  type QueueLimits,
  type Realtime,
  registerAccessGate,
  registerApiDocs,
  registerConsole,
  registerHealth,
  registerRequestLog,
  registerSecurity,
  type SharedRowsSettings,
  type Sql,
  type Workers,
} from './platform/index.ts';
import { replayModule } from './replay/index.ts';
import { simulationModule } from './simulation/index.ts';
import { tracksModule } from './tracks/index.ts';
import { createUnitSignals, unitsModule } from './units/index.ts';

export interface AppDeps {
  config: Config;
  db: Db;
  sql: Sql;
  workers: Workers;
  logger?: Logger;
  /** Folder of the built console; absent in tests of the interface alone. */
  consoleDir?: string;
  now?: () => Date;
  version?: string;
  /** Smaller ones, in tests. */
  outboxSettings?: Partial<OutboxSettings>;
  queueLimits?: QueueLimits;
  databaseWatchSettings?: Partial<DatabaseWatchSettings>;
  sharedRowsSettings?: Partial<SharedRowsSettings>;
  heartbeat?: Heartbeat;
}

declare module 'fastify' {
  interface FastifyInstance {
    realtime: Realtime;
    outbox: Outbox;
  }
}

/** The last statements have so long when the server stops: one that went into a dead line may never be answered. */
const STOP_TIMEOUT_MS = 8000;
const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

/** The whole server but for listening: edge, gate, then the domains in the order of the patrol's own work. */
export async function buildApp(deps: AppDeps, observe?: (app: FastifyInstance) => void): Promise<FastifyInstance> {
  const { config, db, sql, workers, logger, now = () => new Date() } = deps;
  const loggerInstance: FastifyBaseLogger = logger ?? pino({ level: 'silent' });
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomBytes(9).toString('base64url'),
    trustProxy: config.trustProxy,
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
    // Rosters and last places of a large installation are read before the doors open.
    pluginTimeout: 120_000,
  }).withTypeProvider<TypeBoxTypeProvider>();
  observe?.(app);
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  app.setErrorHandler(handleError);

  const metrics = createMetrics();
  const bureaus = bureauDirectory(db);
  const sessions = sessionService({ db, now, metrics });
  const { publicOrigin } = config;

  const { log } = app;
  // What could not be stored by then is as lost as after a power cut. First of all hooks: of those of closing this one runs last.
  let stopTimer: NodeJS.Timeout | undefined;
  app.addHook('preClose', async () => {
    stopTimer = setTimeout(() => {
      log.error('the database was not done in time for the end of the server: what it has not stored is lost');
      void endConnections(sql);
    }, STOP_TIMEOUT_MS);
  });
  app.addHook('onClose', async () => clearTimeout(stopTimer));
  const watch = createDatabaseWatch({ sql, log, settings: deps.databaseWatchSettings });
  const notices = createNotices({ sql, log });
  const sharedRows = createSharedRows({ url: config.redisUrl, log, settings: deps.sharedRowsSettings });

  await registerSecurity(app, config);
  registerRequestLog(app);
  registerAccessGate(app, {
    findCaller: sessions.findCaller,
    bureaus,
    publicOrigin,
    databaseAwaySinceMs: watch.awaySinceMs,
  });
  const outbox = createOutbox({
    db,
    sql,
    log,
    settings: { keepEvents: config.outboxKeepEvents, ...deps.outboxSettings },
  });
  const realtime = createRealtime(app.server, {
    findCaller: sessions.findCaller,
    bureaus,
    publicOrigin,
    outbox,
    notices,
    databaseOk: watch.ok,
    sharing: sharedRows.state,
    queueLimits: deps.queueLimits,
    heartbeat: deps.heartbeat,
    log,
    parseCookie: (header) => app.parseCookie(header),
  });
  app.decorate('realtime', realtime);
  // Sockets first: an HTTP server waits for them otherwise.
  app.addHook('preClose', () => realtime.close());
  app.decorate('outbox', outbox);
  app.addHook('onReady', async () => {
    watch.start();
    await notices.start();
    await outbox.start((bureauId, live) => realtime.eventsToBureau(bureauId, live));
  });
  // Hooks of closing run last registered first: the modules before these.
  app.addHook('onClose', async () => {
    await outbox.stop();
    await notices.stop();
    await watch.stop();
  });

  registerHealth(app, { metrics, realtime, watch, sharedRows });
  await registerApiDocs(app, deps.version ?? '0.0.0');

  const modules = { config, db, sql, workers, metrics, realtime, outbox, notices, sharedRows, bureaus, now };
  await app.register(identityModule, modules);
  await app.register(bureausModule, modules);
  await app.register(incidentsModule, modules);
  await app.register(plansModule, modules);
  await app.register(simulationModule, modules);
  await app.register(hotspotsModule, modules);
  await app.register(replayModule, modules);
  const signals = createUnitSignals();
  // Before the units, whose ports open last: the first fix and the first alarm find them ready, the last ones too.
  await app.register(alarmsModule, { ...modules, signals });
  await app.register(geofencesModule, { ...modules, signals });
  await app.register(unitsModule, { ...modules, signals });
  await app.register(tracksModule, modules);

  await registerConsole(app, deps.consoleDir);
  return app;
}
