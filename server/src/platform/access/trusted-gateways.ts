import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { RoleAccess } from './access.ts';
import type { BureauContext } from './bureau-directory.ts';
import type { ApiKeyCaller } from './caller.ts';

const MOST = 1000;
/** Gateways report every few seconds: one that was silent for longer may have lost its key since. */
const BELIEVED_MS = 10 * 60_000;

/**
 * Positions stay live without a database, also those that gateways send by an API key: a key that was good for the scope within ten minutes
 * before the database went away is believed until it is back. One that was refused since is not. Nobody can revoke a key meanwhile.
 */
export function createTrustedGateways(nowMs: () => number = () => performance.now()) {
  /** The one that was good last is the last. */
  const known = new Map<string, { caller: ApiKeyCaller; bureau: BureauContext; goodAtMs: number }>();
  const nameOf = ({ headers }: Pick<FastifyRequest, 'headers'>) =>
    hash('sha256', headers.authorization ?? '', 'base64');
  const isForPositions = (access: RoleAccess) => access.scopes?.includes('positions:write') ?? false;
  return {
    remember(request: FastifyRequest, access: RoleAccess): void {
      const { caller, bureau } = request;
      if (caller.kind !== 'apiKey' || !isForPositions(access) || bureau === undefined) return;
      const name = nameOf(request);
      known.delete(name);
      known.set(name, { caller, bureau, goodAtMs: nowMs() });
      if (known.size > MOST) known.delete(known.keys().next().value as string);
    },
    /** Its key was refused. */
    forget(request: FastifyRequest): void {
      known.delete(nameOf(request));
    },
    /** Whether the request may pass unasked; then its caller and bureau are set. */
    admits(request: FastifyRequest, access: RoleAccess, databaseAwaySinceMs: number): boolean {
      const found = isForPositions(access) ? known.get(nameOf(request)) : undefined;
      if (found === undefined || found.goodAtMs < databaseAwaySinceMs - BELIEVED_MS) return false;
      request.caller = found.caller;
      request.bureau = found.bureau;
      return true;
    },
  };
}
