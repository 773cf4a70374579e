import {
  type BeatLookup,
  createBeatLookup,
  type PlanCalendar,
  type PlanSpell,
  planSpells,
  UNASSIGNED,
} from '@xunfang/geo-data/beats';
import { bigIntsToCells, parentCells, resolutionOf } from '@xunfang/geo-data/geometry';
import type { Db } from '../platform/index.ts';
import { keepNewest } from './keep-newest.ts';
import { planCalendarRepository } from './plan-calendar.repository.ts';
import { plansRepository } from './plans.repository.ts';

/** Beats by place and time, for whatever writes incidents. */
export interface BeatAssigner {
  /**
   * The id of the beat of every row, in the plan in force at its time: 0 where no plan was in force or the cell is in no beat.
   * Cells are H3 of any resolution at least as fine as the plans', in two 32-bit columns; times are seconds since 1970 UTC.
   * All columns have the length of `out`. O(rows · plans), and the changes of the plan in force over the span of the times.
   */
  beatIds(cellHi: Uint32Array, cellLo: Uint32Array, occurredAtSeconds: ArrayLike<number>, out: Int32Array): Int32Array;
}

interface PlanLookup {
  lookup: BeatLookup;
  /** Id of the beat of each row the lookup answers. */
  beatIds: Int32Array;
}

interface PublishedPlan extends PlanLookup {
  id: number;
  resolution: number;
}

/**
 * The atoms of a plan never change, so they are kept; which plan is in force when is read every time. The creation time tells
 * plans of the same id in different databases apart.
 */
const MOST_LOOKUPS = 32;
const lookups = keepNewest<PlanLookup>(MOST_LOOKUPS);

/**
 * Reads the plans of a bureau. Give it the transaction that writes the incidents: it keeps publications out until that ends.
 * `times`: all that will be asked about, where they are known; only the plans in force between the first and the last are read then.
 */
export async function createBeatAssigner(db: Db, bureauId: number, times?: ArrayLike<number>): Promise<BeatAssigner> {
  const repository = plansRepository(db);
  await repository.lockPlansShared(bureauId);
  const calendar = await planCalendarRepository(db).calendar(bureauId);
  const plans: PublishedPlan[] = [];
  const needed = times && new Set(spellsOf(calendar, times).map(({ planId }) => planId));
  for (const row of await repository.publishedHeads(bureauId))
    if (needed === undefined || needed.has(row.id))
      plans.push({ id: row.id, resolution: row.resolution, ...(await lookupOf(db, row)) });
  return { beatIds: (hi, lo, at, out) => assign(calendar, plans, hi, lo, at, out) };
}

function assign(
  calendar: PlanCalendar,
  plans: readonly PublishedPlan[],
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
  if (out.length === 0) return out;
  const spells = spellsOf(calendar, occurredAtSeconds);
  const unread = spells.find(({ planId }) => planId !== null && !plans.some(({ id }) => id === planId));
  if (unread !== undefined)
    throw new RangeError(`Plan ${unread.planId} is in force at a time that was not named when the plans were read.`);
  const spellOfRow = Uint32Array.from(occurredAtSeconds, (at) => indexOfSpell(spells, at));
  const positions = new Uint16Array(out.length);
  for (const { id, resolution, lookup, beatIds } of plans) {
    if (!spells.some(({ planId }) => planId === id)) continue;
    lookup.beatsOfCells(parentCells({ hi, lo }, resolution), positions);
    for (let row = 0; row < out.length; row++) {
      if (spells[spellOfRow[row]].planId === id && positions[row] !== UNASSIGNED) out[row] = beatIds[positions[row]];
    }
  }
  return out;
}

/** The plans in force from the first to the last of the times. */
function spellsOf(calendar: PlanCalendar, times: ArrayLike<number>): PlanSpell[] {
  if (times.length === 0) return [];
  const [first, last] = extremes(times);
  return planSpells(calendar, first, last + 1);
}

function extremes(values: ArrayLike<number>): [least: number, greatest: number] {
  let [least, greatest] = [values[0], values[0]];
  for (let i = 1; i < values.length; i++) {
    least = Math.min(least, values[i]);
    greatest = Math.max(greatest, values[i]);
  }
  return [least, greatest];
}

/** The last spell that begins no later. */
function indexOfSpell(spells: readonly PlanSpell[], at: number): number {
  let low = 0;
  let high = spells.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (spells[middle].fromSeconds <= at) low = middle;
    else high = middle;
  }
  return low;
}

const lookupOf = (db: Db, { id, created_at }: { id: number; created_at: Date }): Promise<PlanLookup> =>
  lookups(`${id} ${created_at.toISOString()}`, () => loadLookup(db, id));

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
