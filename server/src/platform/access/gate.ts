import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem, problem } from '../http/problem.ts';
import type { Access, RoleAccess } from './access.ts';
import type { BureauContext, BureauDirectory } from './bureau-directory.ts';
import {
  type AccountCaller,
  type ApiKeyCaller,
  type Caller,
  type FindCaller,
  NOBODY,
  rolesAnywhere,
  rolesIn,
  SESSION_COOKIE,
  seesEveryBureau,
} from './caller.ts';
import { checkOrigin } from './origin.ts';
import { createTrustedGateways } from './trusted-gateways.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    /** Set by the gate; not yet there on an address without a route. */
    caller: Caller;
    /** Set on routes with `bureau: 'query'`, and by `requireBureau`. */
    bureau: BureauContext;
    /** For routes with `bureau: 'owned'`: refuses unless the caller may use this route in the bureau of the row. */
    requireBureau(bureauId: number): Promise<BureauContext>;
    /** Where a row the caller asks for by its number may be: nobody looks for it anywhere else. */
    reachableBureaus(): Promise<number[]>;
  }
}

interface GateDeps {
  findCaller: FindCaller;
  bureaus: BureauDirectory;
  publicOrigin: string | null;
  databaseAwaySinceMs(): number | null;
}

/** The console says so when a timer asks, not a person: an idle session ends although its page stays open. */
const UNATTENDED_HEADER = 'x-unattended';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Decides before the body is read: a refused request costs neither parsing nor memory. */
export function registerAccessGate(app: FastifyInstance, deps: GateDeps): void {
  refuseRoutesWithoutAccess(app);
  app.decorateRequest('caller');
  app.decorateRequest('bureau');
  app.decorateRequest('requireBureau', function requireBureau(this: FastifyRequest, bureauId: number) {
    return ownedBureau(this, bureauId, deps);
  });
  app.decorateRequest('reachableBureaus', async function reachableBureaus(this: FastifyRequest) {
    const { caller } = this;
    if (caller.kind === 'apiKey') return [caller.bureauId];
    if (seesEveryBureau(caller)) return deps.bureaus.ids();
    // An account without a role reaches nothing, and no bureau has this number.
    if (caller.kind !== 'account') return [0];
    return [0, ...new Set(caller.grants.map(({ bureauId }) => bureauId ?? 0))];
  });
  const trusted = createTrustedGateways();
  const gate = async (request: FastifyRequest): Promise<void> => {
    request.caller = NOBODY;
    const { access } = request.routeOptions.config;
    if (!SAFE_METHODS.has(request.method)) checkOrigin(request.headers, deps.publicOrigin);
    if (access === undefined || !('roles' in access)) return;
    if (access.loopback && isLocal(request)) return;
    const awaySinceMs = deps.databaseAwaySinceMs();
    if (awaySinceMs !== null) {
      if (!trusted.admits(request, access, awaySinceMs)) problem(503, 'DATABASE_DOWN');
      return;
    }
    try {
      request.caller = await deps.findCaller(credentialsOf(request));
      await admit(request, access, deps);
    } catch (error) {
      if (error instanceof Problem) trusted.forget(request);
      throw error;
    }
    trusted.remember(request, access);
  };
  // On each route, after the rate limit that was put there before: whoever is refused is counted as well.
  app.addHook('onRoute', (route) => {
    route.onRequest = [route.onRequest ?? [], gate].flat();
  });
}

async function admit(request: FastifyRequest, access: RoleAccess, deps: GateDeps): Promise<void> {
  const { caller } = request;
  if (caller.kind === 'nobody') return problem(401, 'NOT_SIGNED_IN');
  if (caller.kind === 'apiKey') {
    checkScope(caller, access);
    if (access.bureau === 'query') request.bureau = await bureauOfKey(request, caller, deps);
    return;
  }
  if (!rolesAnywhere(caller).some((role) => access.roles.includes(role))) refuseRole(access);
  checkCsrf(request, caller);
  if (access.bureau === 'query') request.bureau = await bureauOfQuery(request, caller, access, deps);
}

async function bureauOfQuery(request: FastifyRequest, caller: AccountCaller, access: RoleAccess, deps: GateDeps) {
  const slug = bureauParameter(request);
  if (slug === undefined) return problem(400, 'BUREAU_MISSING', {}, { field: 'bureau' });
  const bureau = await deps.bureaus.bySlug(slug);
  // Whoever does not see every bureau is not told which ones exist.
  if (bureau === undefined)
    return seesEveryBureau(caller)
      ? problem(404, 'BUREAU_UNKNOWN', { bureau: slug }, { field: 'bureau' })
      : problem(403, 'BUREAU_REFUSED', { bureau: slug }, { field: 'bureau' });
  const roles = rolesIn(caller, bureau.id);
  if (roles.length === 0) problem(403, 'BUREAU_REFUSED', { bureau: slug }, { field: 'bureau' });
  if (!roles.some((role) => access.roles.includes(role))) refuseRole(access);
  return bureau;
}

async function bureauOfKey(request: FastifyRequest, caller: ApiKeyCaller, deps: GateDeps): Promise<BureauContext> {
  const bureau = await deps.bureaus.byId(caller.bureauId);
  const slug = bureauParameter(request);
  if (bureau === undefined || (slug !== undefined && slug !== bureau.slug))
    return problem(403, 'BUREAU_REFUSED', { bureau: slug ?? caller.bureauId }, { field: 'bureau' });
  return bureau;
}

async function ownedBureau(request: FastifyRequest, bureauId: number, deps: GateDeps): Promise<BureauContext> {
  const { caller } = request;
  const access = request.routeOptions.config.access as RoleAccess;
  const roles = rolesIn(caller, bureauId);
  const ownKey = caller.kind === 'apiKey' && caller.bureauId === bureauId;
  // A row of a bureau the caller has nothing to do with looks like one that is not there.
  if (!ownKey && roles.length === 0) return problem(404, 'NOT_FOUND');
  if (!ownKey && !roles.some((role) => access.roles.includes(role))) refuseRole(access);
  const bureau = await deps.bureaus.byId(bureauId);
  if (bureau === undefined) return problem(404, 'NOT_FOUND');
  request.bureau = bureau;
  return bureau;
}

function refuseRole(access: RoleAccess): never {
  return problem(403, 'ROLE_REFUSED', { roles: access.roles.join(', ') });
}

function checkScope(caller: ApiKeyCaller, access: RoleAccess): void {
  const scopes = access.scopes ?? [];
  if (scopes.some((scope) => caller.scopes.includes(scope))) return;
  problem(403, 'SCOPE_REFUSED', { scopes: scopes.join(', ') || '—' });
}

function checkCsrf(request: FastifyRequest, caller: AccountCaller): void {
  if (SAFE_METHODS.has(request.method) || request.headers['x-csrf-token'] === caller.csrfToken) return;
  problem(403, 'CSRF_MISSING');
}

function bureauParameter(request: FastifyRequest): string | undefined {
  const value = (request.query as { bureau?: unknown }).bureau;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Without credentials, from this machine, and not handed on by a proxy on it. */
function isLocal({ ip, headers, cookies }: FastifyRequest): boolean {
  const named = headers.authorization !== undefined || cookies[SESSION_COOKIE] !== undefined;
  const forwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  return LOOPBACK.has(ip) && !named && !forwarded;
}

function credentialsOf(request: FastifyRequest) {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '');
  const sessionToken = bearer ? undefined : request.cookies[SESSION_COOKIE];
  return { apiKey: bearer?.[1], sessionToken, unattended: request.headers[UNATTENDED_HEADER] !== undefined };
}

/** Plugins may complete their routes' declaration in their own onRoute hook, so the check waits until all are there. */
function refuseRoutesWithoutAccess(app: FastifyInstance): void {
  const routes: { name: string; config: { access?: Access } }[] = [];
  app.addHook('onRoute', (route) => {
    route.config ??= {};
    routes.push({ name: `${String(route.method)} ${route.url}`, config: route.config });
  });
  app.addHook('onReady', (done) => {
    const undeclared = routes.filter(({ config }) => config.access === undefined).map(({ name }) => name);
    done(undeclared.length > 0 ? new Error(`Routes without config.access: ${undeclared.join(', ')}`) : undefined);
  });
}
