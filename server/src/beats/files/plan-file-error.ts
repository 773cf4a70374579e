import type { ProblemParams } from '../../platform/index.ts';

export type PlanFileErrorCode =
  | 'UNKNOWN_FORMAT'
  | 'UNREADABLE'
  | 'ZIP_TOO_LARGE'
  | 'NO_AREAS'
  | 'TOO_MANY_FEATURES'
  | 'TOO_MANY_VERTICES'
  | 'UNKNOWN_SYSTEM';

/** A file that cannot be read as a whole; single features are findings. */
export class PlanFileError extends Error {
  readonly code: PlanFileErrorCode;
  readonly params: ProblemParams;
  constructor(code: PlanFileErrorCode, params: ProblemParams = {}) {
    super(code);
    this.name = 'PlanFileError';
    this.code = code;
    this.params = params;
  }
}
