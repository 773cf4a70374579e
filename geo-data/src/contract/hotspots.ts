import Type, { type Static } from 'typebox';
import { InstantSchema } from './common.ts';

export const HOTSPOT_KERNELS = ['epanechnikov', 'gaussian'] as const;

/** `GET /api/hotspots`: query. The answer is a column block (see column-block.ts). */
export const HotspotQuerySchema = Type.Object({
  bureau: Type.Optional(Type.String({ maxLength: 64 })),
  from: InstantSchema,
  /** Exclusive. */
  to: InstantSchema,
  resolution: Type.Integer({ minimum: 7, maximum: 11 }),
  /** Category ids, comma separated; a parent includes its children; empty: all. */
  categories: Type.Optional(Type.String({ maxLength: 2000 })),
  /** Local hours 0-23, comma separated; empty: all. */
  hours: Type.Optional(Type.String({ maxLength: 80 })),
  /** ISO weekdays 1 (Monday) - 7, comma separated; empty: all. */
  weekdays: Type.Optional(Type.String({ maxLength: 20 })),
  bandwidthMeters: Type.Optional(Type.Number({ minimum: 25, maximum: 5000 })),
  kernel: Type.Optional(Type.Enum(HOTSPOT_KERNELS)),
  /** Self-initiated events are left out unless asked for (domain, section 3). */
  includeSelfInitiated: Type.Optional(Type.Boolean()),
});
export type HotspotQuery = Static<typeof HotspotQuerySchema>;

/** Columns of the answer, one row per study-area cell: the parts of the H3 index and the measures. */
export interface HotspotColumns {
  cellHi: Uint32Array;
  cellLo: Uint32Array;
  count: Uint32Array;
  ratePerKm2: Float32Array;
  densityPerKm2: Float32Array;
  giZ: Float32Array;
  /** Benjamini-Hochberg adjusted p (q value). */
  giQ: Float32Array;
}

export interface HotspotMeta {
  from: string;
  to: string;
  resolution: number;
  incidentCount: number;
  /** Cells without any incident are among the cells: Gi* needs them. */
  cellCount: number;
  kernel: (typeof HOTSPOT_KERNELS)[number];
  bandwidthMeters: number;
  dataRevision: number;
  demonstration: boolean;
  computedMs: number;
  cached: boolean;
}
