import Type, { type Static } from 'typebox';

/** The people and machines of the product (domain words, section 1). `device` holds a device key, the others an account. */
export const ROLES = ['dispatcher', 'supervisor', 'analyst', 'admin', 'auditor', 'display'] as const;
export const RoleSchema = Type.Enum(ROLES);
export type Role = (typeof ROLES)[number];

/** What an API key may be allowed to do; a key belongs to one bureau. */
export const API_SCOPES = [
  'incidents:write',
  'incidents:read',
  'plans:read',
  'metrics:read',
  'positions:write',
] as const;
export const ApiScopeSchema = Type.Enum(API_SCOPES);
export type ApiScope = Static<typeof ApiScopeSchema>;
