export type BeatDesignErrorCode =
  | 'NO_BEATS'
  | 'FEWER_ATOMS_THAN_BEATS'
  | 'MORE_ZONES_THAN_BEATS'
  | 'TOO_MANY_BEATS'
  | 'DISCONNECTED_LAND'
  | 'WRONG_WORKLOAD_LENGTH'
  | 'INVALID_WORKLOAD'
  | 'NO_WORKLOAD'
  | 'INVALID_TOLERANCE';

/** Why a plan cannot be designed; `params` are the numbers of the sentence, for translation. */
export class BeatDesignError extends Error {
  override readonly name = 'BeatDesignError';
  readonly code: BeatDesignErrorCode;
  readonly params: Readonly<Record<string, number>>;

  constructor(code: BeatDesignErrorCode, params: Readonly<Record<string, number>>, message: string) {
    super(message);
    this.code = code;
    this.params = params;
  }
}
