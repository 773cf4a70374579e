import Type, { type Static } from 'typebox';
import { BureauQuerySchema, nullable } from './common.ts';

export const PLAN_FILE_FORMATS = ['geojson', 'shapefile', 'kml'] as const;
export type PlanFileFormat = (typeof PLAN_FILE_FORMATS)[number];

export const PLAN_FILE_LIMITS = {
  bytes: 20_000_000,
  /** Of an archive, unpacked. */
  unpackedBytes: 100_000_000,
  features: 2_000,
  vertices: 500_000,
} as const;

/** `GET /api/plans/:id/file?format=kml`: zones and beats with the atoms of each, so that a plan read back is the same. */
export const PlanFileQuerySchema = Type.Interface([BureauQuerySchema], { format: Type.Enum(PLAN_FILE_FORMATS) });

/** `GET /api/plans/:id/book?language=zh`: the plan as a PDF to print. */
export const PlanBookQuerySchema = Type.Interface([BureauQuerySchema], { language: Type.Enum(['zh', 'en'] as const) });

/** `POST /api/plans/import/preview` and `POST /api/plans/import`, the file as the raw body. */
const fileQuery = {
  fileName: Type.String({ minLength: 1, maxLength: 255 }),
  /** What the coordinates are where the file does not say; WGS84 unless told otherwise. */
  system: Type.Optional(Type.String({ pattern: '^(WGS84|CGCS2000|GCJ02|BD09|EPSG:\\d{1,6})$' })),
  /** Of the atoms, where the file is not one of ours; the bureau's usual one unless told otherwise. */
  resolution: Type.Optional(Type.Integer({ minimum: 7, maximum: 11 })),
};
export const PlanPreviewQuerySchema = Type.Interface([BureauQuerySchema], fileQuery);
export const PlanImportQuerySchema = Type.Interface([BureauQuerySchema], {
  ...fileQuery,
  /** Of the new draft. */
  name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
});

const PlaceSchema = Type.Tuple([Type.Number(), Type.Number()]);
/** A feature that was not taken: where it stands in the file, and why. */
export const PlanFileFindingSchema = Type.Object({
  /** Counted from 1 in its layer. */
  row: Type.Integer(),
  layer: nullable(Type.String()),
  name: Type.String(),
  code: Type.String(),
  message: Type.String(),
  at: nullable(PlaceSchema),
});
export type PlanFileFinding = Static<typeof PlanFileFindingSchema>;

/** What a file would become, or has become. */
export const PlanImportReportSchema = Type.Object({
  format: Type.Enum(PLAN_FILE_FORMATS),
  /**
   * `atoms`: the file carries the atoms of this bureau and they are taken as they are; `outlines`: every atom goes to the outline that covers
   * most of it.
   */
  method: Type.Enum(['atoms', 'outlines'] as const),
  /** Atoms that the file carries for one beat and draws in another: it was redrawn, and the outlines hold. */
  redrawnAtoms: Type.Integer(),
  planName: nullable(Type.String()),
  resolution: Type.Integer(),
  /** How coordinates were read: a named system, or the name of the projection of a .prj. */
  coordinates: Type.String(),
  /** Of the attributes of a Shapefile. */
  encoding: nullable(Type.String()),
  areas: Type.Array(
    Type.Object({
      number: Type.Integer(),
      zoneNumber: Type.Integer(),
      name: Type.Object({ zh: Type.String(), en: Type.String() }),
      atoms: Type.Integer(),
      areaKm2: Type.Number(),
      /** More than 1: not contiguous. */
      parts: Type.Integer(),
    }),
  ),
  zones: Type.Integer(),
  atomsTotal: Type.Integer(),
  /** Atoms that no outline covers by half, the first ones with their place. */
  gaps: Type.Object({ atoms: Type.Integer(), areaKm2: Type.Number(), places: Type.Array(PlaceSchema) }),
  /** Atoms under two outlines, which the larger part got. */
  overlaps: Type.Array(Type.Object({ beats: Type.Array(Type.Integer()), atoms: Type.Integer(), at: PlaceSchema })),
  /** Numbers of beats that the file has no name for, or no usable number. */
  unnamed: Type.Array(Type.Integer()),
  unnumbered: Type.Array(Type.Integer()),
  /** Wrong features: while there are any nothing is imported. */
  rejected: Type.Array(PlanFileFindingSchema),
  /** Features that are no beat of this bureau: points, lines, areas elsewhere. */
  leftOut: Type.Array(PlanFileFindingSchema),
});
export type PlanImportReport = Static<typeof PlanImportReportSchema>;
