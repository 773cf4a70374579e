import { type BeatLookup, createBeatLookup, UNASSIGNED } from '@xunfang/geo-data/beats';
import { bigIntsToCells, parentCells, resolutionOf } from '@xunfang/geo-data/geometry';
import type { Db } from '../platform/index.ts';
import { type PlanRow, plansRepository } from './plans.repository.ts';

/** Beats by place and time, for whatever writes incidents. */
export interface BeatAssigner {
  /**
   * The id of the beat of every row, in the plan in force at its time: 0 where no plan was in force or the cell is in no beat.
   * Cells are H3 of any resolution at least as fine as the plans', in two 32-bit columns; times are seconds since 1970 UTC.
   * All columns have the length of `out`. O(rows + plans).
   */
  beatIds(cellHi: Uint32Array, cellLo: Uint32Array, occurredAtSeconds: ArrayLike<number>, out: Int32Array): Int32Array;
}

interface PlanLookup {
  lookup: BeatLookup;
  /** Id of the beat of each row the lookup answers. */
  beatIds: Int32Array;
}

interface Period {
  fromSeconds: number;
  toSeconds: number;
  resolution: number;
  plan: PlanLookup;
}

/**
 * The atoms of a plan never change, so they are kept; which plan is in force when is read every time. The creation time tells
 * plans of the same id in different databases apart.
 */
const lookups = new Map<string, Promise<PlanLookup>>();
const MOST_LOOKUPS = 32;

/**
 * Reads the plans of a bureau. Give it the transaction that writes the incidents: it keeps publications out until that ends.
 */
export async function createBeatAssigner(db: Db, bureauId: number): Promise<BeatAssigner> {
  const repository = plansRepository(db);
  await repository.lockPlansShared(bureauId);
  const periods: Period[] = [];
  for (const row of await repository.published(bureauId)) {
    periods.push({
      fromSeconds: secondsOf(row.effective_from, -Infinity),
      toSeconds: secondsOf(row.effective_to, Infinity),
      resolution: row.resolution,
      plan: await lookupOf(db, row),
    });
  }
  return { beatIds: (hi, lo, at, out) => assign(periods, hi, lo, at, out) };
}

function assign(
  periods: readonly Period[],
  hi: Uint32Array,
  lo: Uint32Array,
  occurredAtSeconds: ArrayLike<number>,
  out: Int32Array,
): Int32Array {
  if (hi.length !== out.length || lo.length !== out.length || occurredAtSeconds.length !== out.length) {
    throw new RangeError(
      `Got ${hi.length} and ${lo.length} cell words and ${occurredAtSeconds.length} times, expected ${out.length} of each.`,
    );
  }
  out.fill(0);
  const positions = new Uint16Array(out.length);
  for (const { fromSeconds, toSeconds, resolution, plan } of periods) {
    plan.lookup.beatsOfCells(parentCells({ hi, lo }, resolution), positions);
    for (let row = 0; row < out.length; row++) {
      const at = occurredAtSeconds[row];
      if (at >= fromSeconds && at < toSeconds && positions[row] !== UNASSIGNED) out[row] = plan.beatIds[positions[row]];
    }
  }
  return out;
}

function lookupOf(db: Db, { id, created_at }: PlanRow): Promise<PlanLookup> {
  const key = `${id} ${created_at.toISOString()}`;
  const known = lookups.get(key);
  if (known !== undefined) return known;
  const loaded = loadLookup(db, id);
  lookups.set(key, loaded);
  loaded.catch(() => lookups.delete(key));
  const [oldest] = lookups.keys();
  if (lookups.size > MOST_LOOKUPS && oldest !== undefined) lookups.delete(oldest);
  return loaded;
}

async function loadLookup(db: Db, planId: number): Promise<PlanLookup> {
  const { cells, beatIds } = await plansRepository(db).atoms(planId);
  const distinct = Int32Array.from(new Set(beatIds));
  const positionOf = new Map(Array.from(distinct, (beatId, position) => [beatId, position]));
  const columns = bigIntsToCells(cells);
  const beatOfAtom = Uint16Array.from(beatIds, (beatId) => positionOf.get(beatId) ?? UNASSIGNED);
  const resolution = columns.hi.length > 0 ? resolutionOf(columns.hi[0]) : 0;
  return {
    lookup: createBeatLookup({ atoms: { cells: columns, resolution }, plan: { beatOfAtom } }),
    beatIds: distinct,
  };
}

const secondsOf = (instant: Date | null, fallback: number) => (instant === null ? fallback : instant.getTime() / 1000);
