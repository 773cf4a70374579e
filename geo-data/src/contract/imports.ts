import Type, { type Static } from 'typebox';
import { nullable } from './common.ts';
import { CoordinateSystemSchema, RejectionReasonSchema } from './incidents.ts';

export const ENCODINGS = ['utf-8', 'gb18030'] as const;
export const DELIMITERS = [',', ';', '\t', '|'] as const;

/** How a file is read. Column names are those of the header (or `column 1`, `column 2` ... without one). */
export const ImportMappingSchema = Type.Object({
  encoding: Type.Enum(ENCODINGS),
  delimiter: Type.Enum(DELIMITERS),
  hasHeader: Type.Boolean(),
  /** The system the rows come from; with the row's source id it makes a row unique. */
  source: Type.String({ minLength: 1, maxLength: 64 }),
  columns: Type.Object({
    /** null: the id is derived from the row's content (and its n-th repetition), so the same file twice adds nothing. */
    sourceId: nullable(Type.String()),
    occurredAt: Type.String(),
    /** A second column with the time of day where date and time are apart. */
    time: nullable(Type.String()),
    lon: Type.String(),
    lat: Type.String(),
    category: nullable(Type.String()),
    address: nullable(Type.String()),
    priority: nullable(Type.String()),
  }),
  coordinateSystem: CoordinateSystemSchema,
  /** `auto`, `iso`, `unix`, `unix_ms`, or a pattern of yyyy M MM d dd H HH h mm ss a with literal separators. */
  dateFormat: Type.String({ minLength: 1, maxLength: 40 }),
  /** IANA zone for times without an offset. */
  timeZone: Type.String(),
});
export type ImportMapping = Static<typeof ImportMappingSchema>;

export const IMPORT_STATES = ['uploaded', 'running', 'done', 'failed', 'cancelled'] as const;
export const ImportStateSchema = Type.Enum(IMPORT_STATES);

export const RejectionCountsSchema = Type.Record(Type.String(), Type.Integer());

export const CoordinateAdviceSchema = Type.Object({
  /** Share of parsable sample points inside the bureau, per system tried. */
  shares: Type.Array(Type.Object({ system: Type.String(), insideShare: Type.Number() })),
  /** A system that fits clearly better than the declared one, else null. */
  better: nullable(Type.String()),
  /** The points fit clearly better with longitude and latitude exchanged. */
  swapped: Type.Boolean(),
});

export const ImportPreviewSchema = Type.Object({
  columns: Type.Array(Type.String()),
  /** Columns left out because their heading names persons, identity numbers, plates or phones. */
  personalColumns: Type.Array(Type.String()),
  sampleRows: Type.Array(Type.Array(Type.String())),
  mapping: ImportMappingSchema,
  sampled: Type.Integer(),
  accepted: Type.Integer(),
  rejected: Type.Array(
    Type.Object({
      row: Type.Integer(),
      reason: RejectionReasonSchema,
      field: nullable(Type.String()),
      message: Type.String(),
    }),
  ),
  rejectedByReason: RejectionCountsSchema,
  /** Longitude, latitude (WGS 84) of the accepted sample rows, for the preview map. */
  points: Type.Array(Type.Tuple([Type.Number(), Type.Number()])),
  advice: CoordinateAdviceSchema,
});
export type ImportPreview = Static<typeof ImportPreviewSchema>;

export const ImportViewSchema = Type.Object({
  id: Type.Integer(),
  fileName: Type.String(),
  state: ImportStateSchema,
  bytesTotal: Type.Integer(),
  bytesRead: Type.Integer(),
  rowsRead: Type.Integer(),
  inserted: Type.Integer(),
  rejected: Type.Integer(),
  rejectedByReason: RejectionCountsSchema,
  rowsPerSecond: Type.Number(),
  secondsLeft: nullable(Type.Number()),
  /** Parsing, inserting or finished: what `secondsLeft` speaks of. */
  phase: Type.Union([
    Type.Literal('waiting'),
    Type.Literal('reading'),
    Type.Literal('inserting'),
    Type.Literal('finished'),
  ]),
  error: nullable(Type.String()),
  startedBy: Type.String(),
  createdAt: Type.String(),
  finishedAt: nullable(Type.String()),
});
export type ImportView = Static<typeof ImportViewSchema>;
