export type PlanEditErrorCode =
  | 'COLUMNS_DIFFER'
  | 'ATOMS_NOT_ASCENDING'
  | 'ATOM_UNKNOWN'
  | 'BEFORE_DIFFERS'
  | 'BEAT_UNKNOWN'
  | 'ZONE_UNKNOWN'
  | 'ATTRIBUTES_DIFFER'
  | 'KEY_NOT_NEXT'
  | 'NOT_REMOVED'
  | 'NOT_EMPTY';

/** Why an edit cannot be made here. `atom`: the first that is wrong; `area`: the key of the beat or zone; null where there is none. */
export class PlanEditError extends Error {
  override readonly name = 'PlanEditError';
  readonly code: PlanEditErrorCode;
  readonly atom: number | null;
  readonly area: number | null;

  constructor(code: PlanEditErrorCode, at: { atom?: number; area?: number }, message: string) {
    super(message);
    this.code = code;
    this.atom = at.atom ?? null;
    this.area = at.area ?? null;
  }
}
