import Type, { type Static } from 'typebox';
import { BilingualSchema } from './common.ts';
import { RoleSchema } from './roles.ts';

export const SignInSchema = Type.Object({
  username: Type.String({ minLength: 1, maxLength: 64 }),
  password: Type.String({ minLength: 1, maxLength: 256 }),
});
export type SignIn = Static<typeof SignInSchema>;

export const BureauAccessSchema = Type.Object({
  id: Type.String(),
  name: BilingualSchema,
  roles: Type.Array(RoleSchema),
});

export const SessionViewSchema = Type.Object({
  account: Type.Object({ id: Type.Integer(), username: Type.String(), displayName: Type.String() }),
  bureaus: Type.Array(BureauAccessSchema),
  /** To be sent as the header `x-csrf-token` with every request that changes something. */
  csrfToken: Type.String(),
  expiresAt: Type.String(),
});
export type SessionView = Static<typeof SessionViewSchema>;

export const PasswordChangeSchema = Type.Object({
  currentPassword: Type.String({ minLength: 1, maxLength: 256 }),
  newPassword: Type.String({ minLength: 12, maxLength: 256 }),
});
export type PasswordChange = Static<typeof PasswordChangeSchema>;

export const AccountSchema = Type.Object({
  id: Type.Integer(),
  username: Type.String(),
  displayName: Type.String(),
  disabled: Type.Boolean(),
  lockedUntil: Type.Union([Type.String(), Type.Null()]),
  /** `bureau` null: the role holds in every bureau. */
  roles: Type.Array(Type.Object({ bureau: Type.Union([Type.String(), Type.Null()]), role: RoleSchema })),
});
export type Account = Static<typeof AccountSchema>;

export const NewAccountSchema = Type.Object({
  username: Type.String({ minLength: 2, maxLength: 64, pattern: '^[a-z0-9._-]+$' }),
  displayName: Type.String({ minLength: 1, maxLength: 64 }),
  password: Type.String({ minLength: 12, maxLength: 256 }),
  roles: AccountSchema.properties.roles,
});
export const AccountChangeSchema = Type.Partial(
  Type.Object({
    displayName: Type.String({ minLength: 1, maxLength: 64 }),
    password: Type.String({ minLength: 12, maxLength: 256 }),
    disabled: Type.Boolean(),
    roles: AccountSchema.properties.roles,
  }),
);

export const AuditEntrySchema = Type.Object({
  id: Type.Integer(),
  at: Type.String(),
  bureau: Type.Union([Type.String(), Type.Null()]),
  actor: Type.String(),
  action: Type.String(),
  subject: Type.String(),
  detail: Type.Unknown(),
  address: Type.Union([Type.String(), Type.Null()]),
});
export type AuditEntry = Static<typeof AuditEntrySchema>;
