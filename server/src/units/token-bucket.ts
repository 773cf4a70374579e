/** What a device may still send: one token a message, filled up as time passes. */
export interface TokenBucket {
  tokens: number;
  filledAtMs: number;
}

export function createTokenBucket(): TokenBucket {
  return { tokens: Number.POSITIVE_INFINITY, filledAtMs: 0 };
}

/**
 * Takes one token if there is one. The bucket holds a minute's worth: a phone that was in a tunnel may send what it kept, and
 * nobody sends more than twice the rate in any minute. A clock that was set back fills nothing and takes nothing away. O(1).
 */
export function takeToken(bucket: TokenBucket, perMinute: number, nowMs: number): boolean {
  const passedMs = Math.max(0, nowMs - bucket.filledAtMs);
  bucket.tokens = Math.min(perMinute, bucket.tokens + (passedMs * perMinute) / 60_000);
  bucket.filledAtMs = nowMs;
  if (bucket.tokens < 1) return false;
  bucket.tokens--;
  return true;
}
