import type { BeatCountQuery, BeatCounts } from '@xunfang/geo-data/contract';
import { type PlansDeps, plansService } from '../beats/index.ts';
import { categoriesWithDescendants } from '../incidents/index.ts';
import { problem } from '../platform/index.ts';
import { type BeatOfPlan, beatCountsRepository, type CountedIncidents } from './beat-counts.repository.ts';
import { selectionOf } from './hotspot-query.ts';
import { hotspotsRepository } from './hotspots.repository.ts';

/** Cells of the grid play no part in the counts of beats. */
const ANY_RESOLUTION = 11;

/** Incidents per beat: figures of the past by the plan of their time, and the same incidents counted again under another. */
export function beatCountsService(deps: PlansDeps) {
  const { db } = deps;
  const counts = beatCountsRepository(db);
  const plans = plansService(deps);

  async function countedBy(bureauId: number, query: BeatCountQuery): Promise<CountedIncidents> {
    const selection = selectionOf({ ...query, resolution: ANY_RESOLUTION });
    const { categories, hoursMask, weekdaysMask, includeSelfInitiated, fromSeconds, toSeconds } = selection;
    const { time_zone: timeZone } = await hotspotsRepository(db).bureau(bureauId);
    return {
      bureauId,
      from: new Date(fromSeconds * 1000),
      to: new Date(toSeconds * 1000),
      timeZone,
      // An unknown category selects nothing, not everything.
      categories: categories.length === 0 ? null : await categoriesWithDescendants(db, bureauId, categories),
      hoursMask,
      weekdaysMask,
      includeSelfInitiated,
    };
  }

  async function ofTheirTime(counted: CountedIncidents): Promise<Pick<BeatCounts, 'under' | 'outside' | 'plans'>> {
    const { rows } = await counts.byBeatId(counted).execute(db);
    const incidentsOf = new Map(rows.map(({ beat_id, incidents }) => [beat_id, incidents]));
    const beats = await counts.beatsBeside(rows.flatMap(({ beat_id }) => (beat_id === null ? [] : [beat_id])));
    const byPlan = new Map<number, { first: BeatOfPlan; beats: BeatOfPlan[] }>();
    for (const beat of beats) {
      const known = byPlan.get(beat.planId);
      if (known) known.beats.push(beat);
      else byPlan.set(beat.planId, { first: beat, beats: [beat] });
    }
    return {
      under: null,
      outside: incidentsOf.get(null) ?? 0,
      plans: [...byPlan.values()].map(({ first, beats: own }) => ({
        id: first.planId,
        name: first.planName,
        effectiveFrom: first.effectiveFrom?.toISOString() ?? null,
        beats: own.map(({ id, number, nameZh, nameEn, zoneNumber }) => ({
          number,
          name: { zh: nameZh, en: nameEn },
          zoneNumber,
          incidents: incidentsOf.get(id) ?? 0,
        })),
      })),
    };
  }

  async function underOne(
    counted: CountedIncidents,
    planId: number,
  ): Promise<Pick<BeatCounts, 'under' | 'outside' | 'plans'>> {
    if ((await plans.ownerOf(planId)) !== counted.bureauId) problem(404, 'NOT_FOUND');
    // A draft counts as it stands.
    const { summary, beats } = await plans.byId(planId);
    const { id, name, resolution, effectiveFrom } = summary;
    const { rows } = await counts.byNumber(counted, { id, resolution }).execute(db);
    const incidentsOf = new Map(rows.map(({ beat_number, incidents }) => [beat_number, incidents]));
    const numbers = new Set<number | null>(beats.map(({ number }) => number));
    return {
      under: summary,
      // Cells of the bureau that a draft gives to no beat are there, too.
      outside: rows.reduce((sum, row) => (numbers.has(row.beat_number) ? sum : sum + row.incidents), 0),
      plans: [
        {
          id,
          name,
          effectiveFrom,
          beats: beats.map(({ number, name: called, zoneNumber }) => ({
            number,
            name: called,
            zoneNumber,
            incidents: incidentsOf.get(number) ?? 0,
          })),
        },
      ],
    };
  }

  return {
    async count(bureauId: number, query: BeatCountQuery): Promise<BeatCounts> {
      const counted = await countedBy(bureauId, query);
      const found = query.under === undefined ? await ofTheirTime(counted) : await underOne(counted, query.under);
      const inBeats = found.plans.flatMap(({ beats }) => beats).reduce((sum, { incidents }) => sum + incidents, 0);
      const { from, to } = counted;
      return { from: from.toISOString(), to: to.toISOString(), total: inBeats + found.outside, ...found };
    },
  };
}
