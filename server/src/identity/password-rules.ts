export const PASSWORD_MIN_LENGTH = 12;

export type PasswordFault = 'PASSWORD_SHORT' | 'PASSWORD_SIMPLE' | 'PASSWORD_NAMES_ACCOUNT';

/**
 * Complexity as 等保三级 asks: 12 characters of at least three kinds (lower case, upper case, digits, others), at least 6
 * different ones, and not the name of the account. Null when it is good.
 */
export function passwordFault(password: string, username: string): PasswordFault | null {
  if (password.length < PASSWORD_MIN_LENGTH) return 'PASSWORD_SHORT';
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{Ll}\p{Lu}\d]/u].filter((kind) => kind.test(password)).length;
  if (kinds < 3 || new Set(password.toLowerCase()).size < 6) return 'PASSWORD_SIMPLE';
  if (username.length >= 3 && password.toLowerCase().includes(username.toLowerCase())) return 'PASSWORD_NAMES_ACCOUNT';
  return null;
}
