import type { IncomingHttpHeaders } from 'node:http';
import { problem } from '../http/problem.ts';

/** Browsers name the page's origin with whatever changes something: it must be ours. Machines send none. */
export function isOwnOrigin(headers: IncomingHttpHeaders, publicOrigin: string | null): boolean {
  const { origin } = headers;
  if (origin === undefined) return true;
  if (publicOrigin !== null && origin === publicOrigin) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.host;
}

export function checkOrigin(headers: IncomingHttpHeaders, publicOrigin: string | null): void {
  if (!isOwnOrigin(headers, publicOrigin)) problem(403, 'ORIGIN_REFUSED', { origin: String(headers.origin) });
}
