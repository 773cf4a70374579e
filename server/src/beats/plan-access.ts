import { ROLES, type Role } from '@xunfang/geo-data/contract';
import type { Access } from '../platform/index.ts';

/** Everybody sees plans, supervisors and administrators make them. */
const PLANNERS: readonly Role[] = ['supervisor', 'admin'];
export const readInBureau: Access = { roles: ROLES, scopes: ['plans:read'], bureau: 'query' };
export const readOwned: Access = { roles: ROLES, scopes: ['plans:read'], bureau: 'owned' };
export const changeInBureau: Access = { roles: PLANNERS, bureau: 'query' };
export const changeOwned: Access = { roles: PLANNERS, bureau: 'owned' };
