export type ProblemParams = Record<string, string | number | boolean>;

/** A refusal on its way to the caller; the error handler turns it into the body of contract/errors. */
export class Problem extends Error {
  readonly statusCode: number;
  readonly code: string;
  readonly params: ProblemParams;
  readonly field: string | undefined;
  readonly row: number | undefined;
  constructor(statusCode: number, code: string, params: ProblemParams = {}, at: { field?: string; row?: number } = {}) {
    super(code);
    this.name = 'Problem';
    this.statusCode = statusCode;
    this.code = code;
    this.params = params;
    this.field = at.field;
    this.row = at.row;
  }
}

/** Refuses: `problem(404, 'PLAN_UNKNOWN', { id })`. The code's texts stand in a table given to `registerMessages`. */
export function problem(
  statusCode: number,
  code: string,
  params?: ProblemParams,
  at?: { field?: string; row?: number },
): never {
  throw new Problem(statusCode, code, params, at);
}
