import type { ApiScope, Role } from '@xunfang/geo-data/contract';

/**
 * Who may call a route. Every route declares one in `config.access`; a route without it stops the server at boot.
 * - `public`: anybody.
 * - `roles`: accounts that hold one of them; API keys that hold one of `scopes`.
 *   `bureau: 'query'`  the bureau is `?bureau=slug`; the role must hold there; the handler reads `request.bureau`.
 *   `bureau: 'owned'`  the row tells the bureau; the handler loads it and calls `request.requireBureau(row.bureau_id)`.
 *   `bureau: 'none'`   the route belongs to no bureau; the role may hold in any.
 *   `loopback`         also anybody on this machine (the metrics).
 * - `deviceKey`: the route itself checks the key of the device that calls.
 */
export type Access =
  | { public: true }
  | { deviceKey: true }
  | {
      roles: readonly Role[];
      scopes?: readonly ApiScope[];
      bureau: 'query' | 'owned' | 'none';
      loopback?: true;
    };

export type RoleAccess = Extract<Access, { roles: readonly Role[] }>;
