import type { Role } from '@xunfang/geo-data/contract';

export interface SessionLimits {
  /** Without a request for this long the session ends. */
  idleMs: number;
  /** However busy, it ends this long after sign-in. */
  absoluteMs: number;
  /** One more sign-in ends the oldest session. */
  concurrent: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A dispatcher's shift is twelve hours before a screen that mostly is watched; a wall never logs out. */
const DISPLAY: SessionLimits = { idleMs: 30 * DAY_MS, absoluteMs: 90 * DAY_MS, concurrent: 30 };
const DISPATCHER: SessionLimits = { idleMs: 12 * HOUR_MS, absoluteMs: 24 * HOUR_MS, concurrent: 5 };
const OTHERS: SessionLimits = { idleMs: HOUR_MS, absoluteMs: 12 * HOUR_MS, concurrent: 5 };

/** The strictest of the account's roles counts: a display account that also administers is no longer a wall. */
export function sessionLimits(roles: readonly Role[]): SessionLimits {
  if (roles.length > 0 && roles.every((role) => role === 'display')) return DISPLAY;
  if (roles.length > 0 && roles.every((role) => role === 'display' || role === 'dispatcher')) return DISPATCHER;
  return OTHERS;
}

export const LOCK_OUT = { failures: 5, lockedMs: 15 * MINUTE_MS } as const;
/** `last_seen_at` is written at most this often. */
export const TOUCH_INTERVAL_MS = MINUTE_MS;
