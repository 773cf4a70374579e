import type { SimulatorConfig } from './simulator-config.ts';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15_000;
const TIMEOUT_MS = 10_000;

/** The server does not answer; whoever gets this tries again later. */
export class ServerAwayError extends Error {}

/** The server refuses: its status and code. */
export class RefusedError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(`${status} ${code}: ${message}`);
    this.status = status;
    this.code = code;
  }
}

export interface ServerLink {
  /** True when the server may be asked; false while a pause after a failure lasts. */
  isOpen(): boolean;
  /** Undefined when the server says that there is none. */
  get<T>(path: string): Promise<T | undefined>;
  post<T>(path: string, body: unknown): Promise<T>;
  /** A device's own request, with its key in the path and nothing else. */
  sendFix(path: string, init: RequestInit): Promise<void>;
}

/** HTTP to the server, by its public interface only. A server that restarts is waited for, longer each time. */
export function createServerLink(
  { baseUrl, bureau, apiKey }: Pick<SimulatorConfig, 'baseUrl' | 'bureau' | 'apiKey'>,
  log: (line: string) => void,
  signal: AbortSignal,
): ServerLink {
  let pauseMs = 0;
  let closedUntilMs = 0;

  async function request(path: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(new URL(path, baseUrl), {
        ...init,
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
    } catch (cause) {
      away(cause instanceof Error ? cause.message : String(cause));
      throw new ServerAwayError('The server does not answer.', { cause });
    }
    if (response.status >= 500) {
      await response.arrayBuffer();
      away(`it answers ${response.status}`);
      throw new ServerAwayError(`The server answers ${response.status}.`);
    }
    if (pauseMs > 0) log(`server is back`);
    pauseMs = 0;
    return response;
  }

  function away(reason: string): void {
    if (signal.aborted || Date.now() < closedUntilMs) return;
    if (pauseMs === 0) log(`server is away (${reason}), trying again`);
    pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pauseMs * 2));
    closedUntilMs = Date.now() + pauseMs;
  }

  async function answerOf(response: Response): Promise<unknown> {
    const body = (await response.json()) as { error?: { code: string; message: string } };
    if (response.ok) return body;
    throw new RefusedError(response.status, body.error?.code ?? '?', body.error?.message ?? '');
  }

  const withBureau = (path: string) => `${path}${path.includes('?') ? '&' : '?'}bureau=${encodeURIComponent(bureau)}`;
  const headers = { authorization: `Bearer ${apiKey}` };

  return {
    isOpen: () => Date.now() >= closedUntilMs,
    async get<T>(path: string) {
      const response = await request(withBureau(path), { headers });
      if (response.status === 404) {
        await response.arrayBuffer();
        return undefined;
      }
      return (await answerOf(response)) as T;
    },
    async post<T>(path: string, body: unknown) {
      const init = {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      };
      return (await answerOf(await request(withBureau(path), init))) as T;
    },
    async sendFix(path, init) {
      const response = await request(path, init);
      // The body is read even when nobody wants it, so that the connection can be used again.
      if (response.ok) await response.arrayBuffer();
      else await answerOf(response);
    },
  };
}
