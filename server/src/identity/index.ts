import type { Module } from '../platform/index.ts';
import { accountsRoutes } from './accounts.routes.ts';
import { accountsService } from './accounts.service.ts';
import { apiKeysRoutes } from './api-keys.routes.ts';
import { apiKeysService } from './api-keys.service.ts';
import { auditRoutes } from './audit.routes.ts';
import { auditService } from './audit.service.ts';
import { sessionRoutes } from './session.routes.ts';
import { sessionService } from './session.service.ts';

export { accountsService, type NewAccount } from './accounts.service.ts';
export { apiKeysService } from './api-keys.service.ts';
export { PASSWORD_MIN_LENGTH, passwordFault } from './password-rules.ts';
export { hashSecret, makeSecret } from './secret-token.ts';
export { sessionService } from './session.service.ts';

/** Accounts, sessions, API keys, and the reading of the audit. */
export const identityModule: Module = async (app, deps) => {
  await app.register(sessionRoutes, { ...deps, sessions: sessionService(deps) });
  await app.register(accountsRoutes, { ...deps, accounts: accountsService(deps) });
  await app.register(apiKeysRoutes, { ...deps, apiKeys: apiKeysService(deps) });
  await app.register(auditRoutes, { ...deps, auditLog: auditService(deps.db) });
};
