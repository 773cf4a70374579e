import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { RoleAccess } from './access.ts';
import type { BureauContext } from './bureau-directory.ts';
import type { ApiKeyCaller } from './caller.ts';

const MOST = 1000;

/**
 * Positions stay live without a database, also those that gateways send by an API key: a key that was good for the scope since the start
 * is believed while the database is away. Nobody can revoke a key meanwhile.
 */
export function createTrustedGateways() {
  const known = new Map<string, { caller: ApiKeyCaller; bureau: BureauContext }>();
  const nameOf = ({ headers }: FastifyRequest) => hash('sha256', headers.authorization ?? '', 'base64');
  const isForPositions = (access: RoleAccess) => access.scopes?.includes('positions:write') ?? false;
  return {
    remember(request: FastifyRequest, access: RoleAccess): void {
      const { caller, bureau } = request;
      if (caller.kind !== 'apiKey' || !isForPositions(access) || bureau === undefined || known.size >= MOST) return;
      known.set(nameOf(request), { caller, bureau });
    },
    /** Whether the request may pass unasked; then its caller and bureau are set. */
    admits(request: FastifyRequest, access: RoleAccess): boolean {
      const found = isForPositions(access) ? known.get(nameOf(request)) : undefined;
      if (found === undefined) return false;
      request.caller = found.caller;
      request.bureau = found.bureau;
      return true;
    },
  };
}
