import Type, { type Static } from 'typebox';
import { nullable } from './common.ts';
import { PlanSummarySchema } from './plans.ts';

/**
 * A draft is a plan in the state `draft`, under the plan's own id: what the beat studio edits until it is submitted. Its beats and zones
 * have fixed places in their lists, their *keys*: `beatOfAtom` and every edit name them by key, a removed one keeps its place, a new one
 * gets the next. Atoms are numbered by the atom set. Every edit stored raises the draft's revision by one.
 */
export const DRAFT_LIMITS = {
  editsPerBatch: 200,
  atomsPerEdit: 20_000,
  operationsPerEdit: 1_000,
  /** Beats and zones that a draft may hold, removed ones included. */
  keys: 2_000,
  commentCharacters: 2_000,
  editorsPerDraft: 16,
  /** Pointers sent more often are dropped. */
  pointerIntervalMs: 50,
} as const;

const KeySchema = Type.Integer({ minimum: 0, maximum: 0xfffe });
/** A beat's key, or 65535: no beat. */
const BeatOrNoneSchema = Type.Integer({ minimum: 0, maximum: 0xffff });
const AtomsSchema = Type.Array(Type.Integer({ minimum: 0, maximum: 0xffffffff }), {
  maxItems: DRAFT_LIMITS.atomsPerEdit,
});
const AreaNameSchema = Type.Object({
  zh: Type.String({ minLength: 1, maxLength: 80 }),
  en: Type.String({ minLength: 1, maxLength: 80 }),
});

const areaAttributes = {
  /** 1-based number on maps and in tables. */
  number: Type.Integer({ minimum: 1, maximum: 9_999 }),
  name: AreaNameSchema,
  /** Index of a hue. */
  colour: Type.Integer({ minimum: 0, maximum: 255 }),
  /** Nothing is painted into or out of it. A locked zone locks its beats. */
  locked: Type.Boolean(),
};
export const DraftZoneAttributesSchema = Type.Object(areaAttributes, { additionalProperties: false });
export type DraftZoneAttributes = Static<typeof DraftZoneAttributesSchema>;
export const DraftBeatAttributesSchema = Type.Object(
  { ...areaAttributes, zone: KeySchema },
  { additionalProperties: false },
);
export type DraftBeatAttributes = Static<typeof DraftBeatAttributesSchema>;

/** Place in the list: its key. */
export const DraftZoneSchema = Type.Object({ ...areaAttributes, removed: Type.Boolean() });
export const DraftBeatSchema = Type.Object({ ...areaAttributes, zone: KeySchema, removed: Type.Boolean() });

const ZoneChangeSchema = Type.Partial(DraftZoneAttributesSchema, { additionalProperties: false });
const BeatChangeSchema = Type.Partial(DraftBeatAttributesSchema, { additionalProperties: false });

/**
 * Typed changes of structure. `set-…`: rename, renumber, recolour, lock, swap zone; `before` and `after` name the same attributes. `add-…`
 * takes the next key or revives a removed one; `remove-…` takes an area that holds nothing any more, with the attributes it has. Each has an
 * inverse.
 */
export const DraftOperationSchema = Type.Union([
  Type.Object({ op: Type.Literal('set-beat'), beat: KeySchema, before: BeatChangeSchema, after: BeatChangeSchema }),
  Type.Object({ op: Type.Literal('add-beat'), beat: KeySchema, as: DraftBeatAttributesSchema }),
  Type.Object({ op: Type.Literal('remove-beat'), beat: KeySchema, as: DraftBeatAttributesSchema }),
  Type.Object({ op: Type.Literal('set-zone'), zone: KeySchema, before: ZoneChangeSchema, after: ZoneChangeSchema }),
  Type.Object({ op: Type.Literal('add-zone'), zone: KeySchema, as: DraftZoneAttributesSchema }),
  Type.Object({ op: Type.Literal('remove-zone'), zone: KeySchema, as: DraftZoneAttributesSchema }),
  Type.Object({ op: Type.Literal('lock-atoms'), atoms: AtomsSchema, locked: Type.Boolean() }),
]);
export type DraftOperation = Static<typeof DraftOperationSchema>;

/** Atoms strictly ascending; `before` and `after` beside them, by beat key. */
export const PaintSchema = Type.Object({
  atoms: AtomsSchema,
  before: Type.Array(BeatOrNoneSchema, { maxItems: DRAFT_LIMITS.atomsPerEdit }),
  after: Type.Array(BeatOrNoneSchema, { maxItems: DRAFT_LIMITS.atomsPerEdit }),
});
export type Paint = Static<typeof PaintSchema>;

export const DRAFT_TOOLS = [
  'brush',
  'rectangle',
  'lasso',
  'fill',
  'boundary',
  'line',
  'merge',
  'split',
  'repair',
  'proposal',
  'attributes',
  'lock',
  'undo',
  'redo',
] as const;

/**
 * One step of the history. Additions and settings take effect first, then the paint, then removals: so merging two beats is a paint and a
 * `remove-beat`, splitting one an `add-beat` and a paint, and the inverse of an edit is an edit.
 */
export const DraftEditSchema = Type.Object(
  {
    /** Chosen by the console, the same when it is sent again: stored once. */
    id: Type.String({ format: 'uuid' }),
    tool: Type.Enum(DRAFT_TOOLS),
    paint: nullable(PaintSchema),
    operations: Type.Array(DraftOperationSchema, { maxItems: DRAFT_LIMITS.operationsPerEdit }),
    /**
     * The revision of the edit that this one takes back (an undo, or a redo: the undo of an undo), also somebody else's, also in part.
     * It changes only what still is as that edit left it; any other edit wins over what was done meanwhile.
     */
    undoOf: nullable(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);
export type DraftEdit = Static<typeof DraftEditSchema>;

/** Somebody's edit that a later one won over, and where: its author is told by `draft:edits` and may undo the later one there. */
export const OverriddenSchema = Type.Object({
  revision: Type.Integer(),
  author: Type.String(),
  atoms: Type.Array(Type.Integer()),
  /** Keys of beats and zones whose attributes were set anew. */
  beats: Type.Array(Type.Integer()),
  zones: Type.Array(Type.Integer()),
});
export type Overridden = Static<typeof OverriddenSchema>;

/** As it took effect: `before` is what was there, what changed nothing or was refused is left out, keys may differ from those sent. */
export const StoredDraftEditSchema = Type.Object({
  ...DraftEditSchema.properties,
  /** The draft's revision with this edit; revisions have no gaps. */
  revision: Type.Integer(),
  /** Account name. */
  author: Type.String(),
  at: Type.String(),
  /** The edits of others that it won over. */
  overridden: Type.Array(OverriddenSchema),
});
export type StoredDraftEdit = Static<typeof StoredDraftEditSchema>;

/** `madeOn`: the revision that the first of the edits was made on; each of the others on the one before it. */
export const DraftEditBatchSchema = Type.Object(
  {
    madeOn: Type.Integer({ minimum: 0 }),
    edits: Type.Array(DraftEditSchema, { minItems: 1, maxItems: DRAFT_LIMITS.editsPerBatch }),
  },
  { additionalProperties: false },
);
export type DraftEditBatch = Static<typeof DraftEditBatchSchema>;

export const REFUSAL_REASONS = [
  'locked',
  'beat-removed',
  'zone-removed',
  'beat-unknown',
  'zone-unknown',
  /** Of an undo: somebody changed it since. */
  'changed-since',
  /** Atoms were painted into a beat, or beats moved into a zone, that was to be removed. */
  'not-empty',
  'too-many',
] as const;
/** What did not take effect. `atoms` of the paint or of a lock; `operation`: index among those sent. */
export const RefusedSchema = Type.Object({
  reason: Type.Enum(REFUSAL_REASONS),
  atoms: Type.Array(Type.Integer()),
  operation: nullable(Type.Integer()),
});
export type Refused = Static<typeof RefusedSchema>;

export const DraftEditOutcomeSchema = Type.Object({
  id: Type.String(),
  /** `repeated`: it was stored before; `empty`: nothing was left of it, it is stored without content. */
  outcome: Type.Enum(['stored', 'repeated', 'empty'] as const),
  stored: StoredDraftEditSchema,
  refused: Type.Array(RefusedSchema),
});
export type DraftEditOutcome = Static<typeof DraftEditOutcomeSchema>;

export const DraftEditAnswerSchema = Type.Object({
  revision: Type.Integer(),
  outcomes: Type.Array(DraftEditOutcomeSchema),
  /** Everything stored after `madeOn`, those just sent included, in order: the console goes back to `madeOn` and applies them. */
  since: Type.Array(StoredDraftEditSchema),
});
export type DraftEditAnswer = Static<typeof DraftEditAnswerSchema>;

/** `GET /api/drafts/:id/edits?after=0&limit=500`: the history, a page at a time. */
export const DraftHistorySchema = Type.Object({ revision: Type.Integer(), edits: Type.Array(StoredDraftEditSchema) });
export type DraftHistory = Static<typeof DraftHistorySchema>;

export const DraftSchema = Type.Object({
  plan: PlanSummarySchema,
  revision: Type.Integer(),
  /** null: designed from scratch. */
  basedOnPlan: nullable(Type.Integer()),
  /** What the atoms' numbers belong to; `digest` of the cells in their order. */
  atomSet: Type.Object({
    kind: Type.Literal('h3'),
    resolution: Type.Integer(),
    count: Type.Integer(),
    digest: Type.String(),
  }),
  /** Places are keys. */
  beats: Type.Array(DraftBeatSchema),
  zones: Type.Array(DraftZoneSchema),
  /** Accounts that made edits: none of them may approve. */
  authors: Type.Array(Type.String()),
});
export type Draft = Static<typeof DraftSchema>;

/**
 * `GET /api/drafts/:id/columns`: a column block (column-block.ts) of everything a console needs to paint and score. `meta` is this; columns,
 * one entry per atom unless said otherwise, atoms in the order of their cells:
 * `cellHi` `cellLo` u32 · `beatOfAtom` u16, keys · `lockedAtoms` u8 · `lon` `lat` f64, degrees · `xMeters` `yMeters` f64 · `areaKm2` f64 ·
 * `streetMeters` f64 · `outerEdgeMeters` f64 · `clipped` u8 · `landPart` u16 · `neighbourOffset` u32 (count + 1) · per neighbour entry
 * `neighbour` u32, `sharedEdgeMeters` f64, `connected` u8 · `calls1` `calls2` `calls3` `calls4` u32, calls of priority 1 to 4 in the basis ·
 * `workload` f64 · `baseBeatOfAtom` u16: the number of the beat in the plan in force, 65535 where there is none.
 */
export interface DraftColumnsMeta {
  draft: number;
  revision: number;
  atomCount: number;
  resolution: number;
  digest: string;
  landPartCount: number;
  /** The incidents counted: half-open, RFC 3339. */
  incidentsFrom: string;
  incidentsTo: string;
  /** `from`-`to` in days: calls per day = calls / this. */
  basisDays: number;
  /** What a call of priority 1 to 4 weighs in `workload`. */
  weightOfPriority: [number, number, number, number];
  planInForce: number | null;
}

export const PROBLEM_CODES = [
  'ATOMS_UNASSIGNED',
  'MORE_BEATS_THAN_ATOMS',
  'NO_BEATS',
  'BEAT_EMPTY',
  'BEAT_NOT_CONTIGUOUS',
  'BEAT_WITHOUT_ZONE',
  'BEAT_NUMBER_TAKEN',
  'BEAT_NAME_TAKEN',
  'ZONE_EMPTY',
  'ZONE_NOT_CONTIGUOUS',
  'ZONE_NUMBER_TAKEN',
  'ZONE_NAME_TAKEN',
] as const;
/** What keeps a draft from being submitted, with the place to show on the map. */
export const DraftProblemSchema = Type.Object({
  code: Type.Enum(PROBLEM_CODES),
  /** Keys of those concerned. */
  beats: Type.Array(Type.Integer()),
  zones: Type.Array(Type.Integer()),
  /** Atoms that are wrong: unassigned ones; of an area in pieces all but the largest piece. */
  atoms: Type.Array(Type.Integer()),
  /** Pieces of an area that is not contiguous; 0 for other problems. */
  parts: Type.Integer(),
  /** Longitude, latitude; null where the problem has no place. */
  at: nullable(Type.Tuple([Type.Number(), Type.Number()])),
});
export type DraftProblem = Static<typeof DraftProblemSchema>;
/** Reported, never in the way. */
export const DraftWarningSchema = Type.Object({
  code: Type.Enum(['UNBALANCED', 'NOT_COMPACT'] as const),
  beat: Type.Integer(),
  /** The deviation from the mean workload, or the compactness. */
  value: Type.Number(),
  limit: Type.Number(),
});
/** Minutes; null where the model says nothing: no calls, or more work than the units can do. */
const MinutesChangeSchema = Type.Object({ before: nullable(Type.Number()), after: nullable(Type.Number()) });
/** Expected response by the queueing model, before (the plan in force) and after (this one), on the calls the draft is based on. */
export const DraftResponseSchema = Type.Object({
  planInForce: Type.Integer(),
  planName: Type.String(),
  mean: MinutesChangeSchema,
  p90: MinutesChangeSchema,
  overloaded: Type.Object({ before: Type.Boolean(), after: Type.Boolean() }),
  method: Type.Enum(['exact', 'approximate'] as const),
  /** Whose P90 rises most, by key, against the beat in force it has most calls from; null: no beat's rises. */
  worstBeat: nullable(
    Type.Object({
      beat: Type.Integer(),
      numberBefore: Type.Integer(),
      mean: MinutesChangeSchema,
      p90: MinutesChangeSchema,
    }),
  ),
});
export type DraftResponse = Static<typeof DraftResponseSchema>;
export const DraftChecksSchema = Type.Object({
  revision: Type.Integer(),
  problems: Type.Array(DraftProblemSchema),
  warnings: Type.Array(DraftWarningSchema),
  /** null: no other plan is in force on these atoms, or there were no calls. */
  response: nullable(DraftResponseSchema),
});
export type DraftChecks = Static<typeof DraftChecksSchema>;

/** Somebody who has the draft open. `editor` tells two windows of one account apart. */
export interface DraftEditor {
  editor: string;
  account: string;
  displayName: string;
}
export type JoinDraftAnswer =
  | { ok: true; revision: number; editor: string; editors: DraftEditor[] }
  | { ok: false; code: string; message: string };

/** Server to those who have joined the draft; part of `ServerToClientEvents`. */
export interface DraftServerEvents {
  /**
   * Edits just stored, ascending. A console whose revision is not `edits[0].revision - 1` asks for the history in between (batches may
   * overtake each other). It reaches the sender as well.
   */
  'draft:edits': (message: { draft: number; edits: StoredDraftEdit[] }) => void;
  /** Who is there, whenever that changes. */
  'draft:editors': (message: { draft: number; editors: DraftEditor[] }) => void;
  /** Volatile. `beat`: what is being painted, null when nothing is. */
  'draft:pointer': (message: { draft: number; editor: string; lon: number; lat: number; beat: number | null }) => void;
}
/** Console to server; part of `ClientToServerEvents`. Edits themselves go by `POST /api/drafts/:id/edits`. */
export interface DraftClientEvents {
  /** Several drafts may be open. After a break the console joins again and asks for the history since its revision. */
  'draft:join': (message: { draft: number }, acknowledge: (answer: JoinDraftAnswer) => void) => void;
  'draft:leave': (message: { draft: number }) => void;
  'draft:pointer': (message: { draft: number; lon: number; lat: number; beat: number | null }) => void;
}
