import type { ErrorBody } from '@xunfang/geo-data/contract';
import { currentLanguage, LOCALE, translate } from '../i18n/index.ts';
import { ApiError, isAbort } from './api-error.ts';
import { connectionMessages } from './messages.ts';

export type QueryValue = string | number | boolean | null | undefined;
export interface RequestOptions {
  query?: Readonly<Record<string, QueryValue>>;
  signal?: AbortSignal;
}
export interface UploadOptions extends RequestOptions {
  /** 0-1 of the bytes sent. */
  onProgress?: (share: number) => void;
}

let csrfToken: string | null = null;
let whenSignedOut: () => void = () => {};

/** The session hands its token over; nobody else writes it. */
export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** Called when the server no longer knows the session. */
export function onSignedOut(handler: () => void): void {
  whenSignedOut = handler;
}

/** All requests of the console. Paths begin with /api; every failure is an `ApiError`, an abort stays an AbortError. */
export const api = {
  get: <Answer>(path: string, options?: RequestOptions) => json<Answer>('GET', path, undefined, options),
  post: <Answer>(path: string, body?: unknown, options?: RequestOptions) => json<Answer>('POST', path, body, options),
  patch: <Answer>(path: string, body: unknown, options?: RequestOptions) => json<Answer>('PATCH', path, body, options),
  put: <Answer>(path: string, body: unknown, options?: RequestOptions) => json<Answer>('PUT', path, body, options),
  delete: <Answer = void>(path: string, options?: RequestOptions) => json<Answer>('DELETE', path, undefined, options),
  /** Column blocks and other bytes. */
  binary: async (path: string, options: RequestOptions = {}): Promise<ArrayBuffer> => {
    const response = await send('GET', path, undefined, options);
    return response.arrayBuffer();
  },
  lines,
  upload,
};

async function json<Answer>(method: string, path: string, body: unknown, options: RequestOptions = {}) {
  const response = await send(method, path, body === undefined ? undefined : JSON.stringify(body), options);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

async function send(method: string, path: string, body: string | undefined, options: RequestOptions) {
  const headers = requestHeaders(method, body === undefined ? undefined : 'application/json');
  let response: Response;
  try {
    response = await fetch(withQuery(path, options.query), { method, body, headers, signal: options.signal });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw unreachable();
  }
  if (!response.ok) throw refused(response.status, await response.text());
  return response;
}

/** What is told while it is made: one JSON object a line, until the answer ends. Aborting ends the work. */
async function* lines<Line>(path: string, body: unknown, options: RequestOptions = {}): AsyncGenerator<Line> {
  const response = await send('POST', path, JSON.stringify(body), options);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return;
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw isAbort(error) ? error : unreachable();
    });
    if (done) return;
    const whole = (rest + value).split('\n');
    rest = whole.pop() ?? '';
    for (const line of whole) yield JSON.parse(line) as Line;
  }
}

/** Raw bytes with progress: fetch cannot tell how much of a body went out, XMLHttpRequest can. */
function upload<Answer>(path: string, body: Blob, options: UploadOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', withQuery(path, options.query));
    for (const [name, value] of Object.entries(requestHeaders('POST', 'application/octet-stream')))
      request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => options.onProgress?.(event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as Answer);
      else reject(refused(request.status, request.responseText));
    };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new DOMException(translate(connectionMessages)('interrupted'), 'AbortError'));
    options.signal?.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}

function requestHeaders(method: string, contentType: string | undefined): Record<string, string> {
  return {
    'accept-language': LOCALE[currentLanguage()],
    ...(contentType ? { 'content-type': contentType } : {}),
    ...(method !== 'GET' && csrfToken ? { 'x-csrf-token': csrfToken } : {}),
  };
}

function withQuery(path: string, query: RequestOptions['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value));
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

function refused(status: number, text: string): ApiError {
  const body = parseErrorBody(text);
  if (body?.code === 'NOT_SIGNED_IN') whenSignedOut();
  if (body) return new ApiError(status, body);
  const t = translate(connectionMessages);
  return new ApiError(status, {
    code: 'UNEXPECTED_ANSWER',
    message: t('unexpected', { status }),
    fix: t('unexpectedFix'),
  });
}

function parseErrorBody(text: string): ErrorBody['error'] | null {
  try {
    const body = JSON.parse(text) as Partial<ErrorBody>;
    return body.error?.code ? body.error : null;
  } catch {
    return null;
  }
}

function unreachable(): ApiError {
  const t = translate(connectionMessages);
  return new ApiError(0, { code: 'UNREACHABLE', message: t('unreachable'), fix: t('unreachableFix') });
}
