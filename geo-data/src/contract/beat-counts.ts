import Type, { type Static } from 'typebox';
import { BilingualSchema, nullable } from './common.ts';
import { HotspotQuerySchema } from './hotspots.ts';
import { PlanSummarySchema } from './plans.ts';

/** `GET /api/beat-counts`: the incidents of an analysis per beat, each under the plan of its time; with `under` all under one plan. */
export const BeatCountQuerySchema = Type.Interface(
  [Type.Pick(HotspotQuerySchema, ['bureau', 'from', 'to', 'categories', 'hours', 'weekdays', 'includeSelfInitiated'])],
  {
    /** Id of any plan or draft of the bureau. */
    under: Type.Optional(Type.Integer({ minimum: 1 })),
  },
);
export type BeatCountQuery = Static<typeof BeatCountQuerySchema>;

export const BeatCountsSchema = Type.Object({
  from: Type.String(),
  to: Type.String(),
  /** null: each incident counts under the plan that was in force when it happened. */
  under: nullable(PlanSummarySchema),
  /** Of all beats and of `outside`. */
  total: Type.Integer(),
  /** In no beat: out of the plan, or at a time without one. */
  outside: Type.Integer(),
  /** Those that counted, in the order in which they came into force. */
  plans: Type.Array(
    Type.Object({
      id: Type.Integer(),
      name: Type.String(),
      effectiveFrom: nullable(Type.String()),
      beats: Type.Array(
        Type.Object({
          number: Type.Integer(),
          name: BilingualSchema,
          zoneNumber: Type.Integer(),
          incidents: Type.Integer(),
        }),
      ),
    }),
  ),
});
export type BeatCounts = Static<typeof BeatCountsSchema>;
