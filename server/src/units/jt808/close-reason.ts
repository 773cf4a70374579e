/** Why the gateway ends a connection. */
export const CLOSE_REASONS = [
  'idle',
  'not_authenticated',
  'too_many_refusals',
  'revoked',
  'replaced',
  'not_reading',
  'failed',
] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];
