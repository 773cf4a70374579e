import type { ErrorBody } from '@xunfang/geo-data/contract';

/** Any request that did not succeed: refused by the server (`code` of its body), or never answered. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly fix: string | undefined;
  readonly field: string | undefined;
  readonly params: Record<string, string | number | boolean>;
  /** To quote when asking for help; absent when the server was not reached. */
  readonly requestId: string | undefined;

  constructor(status: number, error: Partial<ErrorBody['error']> & { code: string; message: string }) {
    super(error.message);
    this.status = status;
    this.code = error.code;
    this.fix = error.fix;
    this.field = error.field;
    this.params = error.params ?? {};
    this.requestId = error.id;
  }

  /** The server was not reached at all. */
  get unreachable(): boolean {
    return this.status === 0;
  }
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
