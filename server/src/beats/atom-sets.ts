import { createHash } from 'node:crypto';
import type { AtomSet } from '@xunfang/geo-data/beats';
import { cellsToBigInts } from '@xunfang/geo-data/geometry';
import { type Db, problem, type Workers } from '../platform/index.ts';
import { keepNewest } from './keep-newest.ts';
import type { AtomSetOrder, AtomSetOutcome } from './plan-design.ts';
import { plansRepository } from './plans.repository.ts';
import { roadsFileOf } from './roads-file.ts';

/** A bureau's atoms; they follow from its boundary and the resolution alone, so they are kept as long as those stay. */
export interface BureauAtoms {
  atoms: AtomSet;
  /** Ascending. */
  cells: BigInt64Array;
  /** Names the cells in their order: plans with the same digest have the same atoms. */
  digest: string;
}

const MOST_KEPT = 6;
const kept = keepNewest<BureauAtoms>(MOST_KEPT);

/** Cuts in a worker what is not kept. Refuses a resolution that gives too many atoms. */
export async function atomsOfBureau(
  { db, workers }: { db: Db; workers: Workers },
  bureauId: number,
  resolution: number,
): Promise<BureauAtoms> {
  const { slug, boundary } = await plansRepository(db).bureau(bureauId);
  const roadsFile = await roadsFileOf(slug);
  const key = digestOf(JSON.stringify([boundary, resolution, roadsFile]));
  return kept(key, () => cutAtoms(workers, { boundary, resolution, roadsFile }));
}

async function cutAtoms(workers: Workers, order: AtomSetOrder): Promise<BureauAtoms> {
  const outcome = await workers.run<AtomSetOutcome>(new URL('./atom-set.task.ts', import.meta.url), order);
  if ('refused' in outcome) problem(422, `DESIGN_${outcome.refused.code}`, outcome.refused.params);
  const cells = cellsToBigInts(outcome.atoms.cells);
  return { atoms: outcome.atoms, cells, digest: digestOfCells(cells) };
}

/** Names a set of atoms by its cells, ascending. */
export const digestOfCells = (cells: BigInt64Array) => digestOf(new Uint8Array(cells.buffer));

const digestOf = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex').slice(0, 32);
