import Type, { type Static } from 'typebox';
import { BilingualSchema, GeoJsonObjectSchema, nullable } from './common.ts';

export const CategorySchema = Type.Object({
  id: Type.Integer(),
  parentId: nullable(Type.Integer()),
  name: BilingualSchema,
  /** 1 (highest) to 4. */
  priority: Type.Integer({ minimum: 1, maximum: 4 }),
});
export type Category = Static<typeof CategorySchema>;

export const BureauSchema = Type.Object({
  id: Type.String(),
  name: BilingualSchema,
  timeZone: Type.String(),
  /** Longitude, latitude, WGS 84. */
  centre: Type.Tuple([Type.Number(), Type.Number()]),
  /** West, south, east, north. */
  bounds: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()]),
  boundary: GeoJsonObjectSchema,
  /** The incidents of this bureau are generated: the console says 演示数据 wherever they show. */
  demonstration: Type.Boolean(),
  /** Positions of this bureau come from the simulator: the console says 模拟. */
  simulated: Type.Boolean(),
  defaultResolution: Type.Integer({ minimum: 7, maximum: 11 }),
  atomResolution: Type.Integer({ minimum: 7, maximum: 11 }),
  nightFromHour: Type.Integer(),
  nightToHour: Type.Integer(),
  attribution: Type.String(),
  hasBasemap: Type.Boolean(),
  /** First and last instant of the incidents held, null when there are none. */
  incidentsFrom: nullable(Type.String()),
  incidentsTo: nullable(Type.String()),
  incidentCount: Type.Integer(),
  /** Grows with every change of the incidents; results are cached by it. */
  dataRevision: Type.Integer(),
  categories: Type.Array(CategorySchema),
});
export type Bureau = Static<typeof BureauSchema>;

export const PLACE_KINDS = [
  'school',
  'hospital',
  'station',
  'bank',
  'market',
  'mall',
  'estate',
  'venue',
  'water_site',
  'government',
  'park',
  'metro',
  'police_station',
  'outpost',
  'standing_point',
  'mandatory_point',
  'school_post',
  'checkpoint',
  'camera_gate',
  'blocking_point',
  'area',
] as const;
export const PlaceSchema = Type.Object({
  id: Type.Integer(),
  kind: Type.Enum(PLACE_KINDS),
  name: BilingualSchema,
  lon: Type.Number(),
  lat: Type.Number(),
  /** 1-3: which minute tier of the response policy must reach it; null for what is not a key place. */
  tier: nullable(Type.Integer()),
});
export type Place = Static<typeof PlaceSchema>;

export const ReferenceAreaSetSchema = Type.Object({
  id: Type.Integer(),
  name: BilingualSchema,
  count: Type.Integer(),
  attribution: Type.String(),
});
export type ReferenceAreaSet = Static<typeof ReferenceAreaSetSchema>;
