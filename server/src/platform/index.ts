export type { Access } from './access/access.ts';
export { type BureauContext, type BureauDirectory, bureauDirectory } from './access/bureau-directory.ts';
export {
  type AccountCaller,
  type ApiKeyCaller,
  actorOf,
  type Caller,
  type Credentials,
  type Doer,
  doerOf,
  type FindCaller,
  NOBODY,
  type NobodyCaller,
  type RoleGrant,
  rolesAnywhere,
  rolesIn,
  SESSION_COOKIE,
  seesEveryBureau,
} from './access/caller.ts';
export { registerAccessGate } from './access/gate.ts';
export { type AuditRecord, audit } from './audit.ts';
export { type Config, loadConfig } from './config.ts';
export { type HeldLock, holdLock, withLock } from './database/advisory-lock.ts';
export { createDatabaseWatch, type DatabaseWatch, type DatabaseWatchSettings } from './database/database-watch.ts';
export { type EmbeddedPostgres, startEmbeddedPostgres } from './database/embedded/embedded-postgres.ts';
export { installationId } from './database/installation-id.ts';
export { migrateToLatest } from './database/migrate.ts';
export {
  checkDatabase,
  type Db,
  endConnections,
  type OpenDatabase,
  openDatabase,
  type Sql,
} from './database/open-database.ts';
export type { Database } from './database/schema.ts';
export { registerApiDocs } from './http/api-docs.ts';
export { registerConsole } from './http/console.ts';
export { handleError } from './http/error-handler.ts';
export { registerHealth } from './http/health.ts';
export { type Language, languageOf, type MessageTable, messageOf, registerMessages } from './http/messages.ts';
export { Problem, type ProblemParams, problem } from './http/problem.ts';
export { registerRequestLog } from './http/request-log.ts';
export { registerSecurity } from './http/security.ts';
export { createLogger, type Logger } from './logger.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export type { Module, ModuleDeps } from './module.ts';
export { createNotices, type Notices } from './notices/notices.ts';
export { appendEvents } from './outbox/append-events.ts';
export { createOutbox, type Outbox, type OutboxSettings } from './outbox/outbox.ts';
export { type Heartbeat, createRealtime, type Realtime } from './realtime/realtime.ts';
export type { QueueLimits } from './realtime/slow-sockets.ts';
export {
  createSharedRows,
  type SharedRows,
  type SharedRowsSettings,
  type SharedRowsUser,
} from './redis/shared-rows.ts';
export { StartupError } from './startup-error.ts';
export { createWorkers, type TaskOptions, type Workers } from './workers.ts';
