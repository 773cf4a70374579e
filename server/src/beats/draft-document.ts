import { type DraftBeat, type DraftPlan, type DraftZone, UNASSIGNED } from '@xunfang/geo-data/beats';
import { cellsToHex, bigIntsToCells } from '@xunfang/geo-data/geometry';
import { cellToLatLng } from 'h3-js';
import { problem } from '../platform/index.ts';
import type { BureauAtoms } from './atom-sets.ts';
import type { PlanRow, plansRepository } from './plans.repository.ts';

type Plans = ReturnType<typeof plansRepository>;

/** The plan as the studio edits it, made from its tables: keys are places in the order of numbers. Refuses a plan of other atoms. */
export async function documentOfTables(plans: Plans, row: PlanRow, { cells }: BureauAtoms): Promise<DraftPlan> {
  const [zoneRows, beatRows, assigned] = await Promise.all([
    plans.zones(row.id),
    plans.beats(row.id),
    plans.cells(row.id),
  ]);
  const zoneKeys = new Map(zoneRows.map(({ number }, key) => [number, key]));
  const beatKeys = new Map(beatRows.map(({ number }, key) => [number, key]));
  const area = (of: (typeof zoneRows)[number] | (typeof beatRows)[number]): DraftZone => ({
    number: of.number,
    name: { zh: of.name_zh, en: of.name_en },
    colour: of.colour,
    locked: false,
    removed: false,
  });
  const beats = beatRows.map((beat): DraftBeat => ({ ...area(beat), zone: zoneKeys.get(beat.zone_number) ?? 0 }));
  const beatOfAtom = new Uint16Array(cells.length).fill(UNASSIGNED);
  // Both ascend.
  let atom = 0;
  for (const [i, cell] of assigned.cells.entries()) {
    while (atom < cells.length && cells[atom] < cell) atom++;
    if (cells[atom] !== cell) refuseOtherAtoms(row, cell);
    beatOfAtom[atom] = beatKeys.get(assigned.beatNumbers[i]) ?? UNASSIGNED;
  }
  if (row.state !== 'draft') {
    const uncovered = beatOfAtom.indexOf(UNASSIGNED);
    if (uncovered >= 0) refuseOtherAtoms(row, cells[uncovered]);
  }
  return { beatOfAtom, lockedAtoms: new Uint8Array(cells.length), beats, zones: zoneRows.map(area) };
}

/** The bureau's boundary, or its resolution, is not the one that the plan was made for. */
export function refuseOtherAtoms({ name }: PlanRow, cell: bigint): never {
  const [lat, lon] = cellToLatLng(cellsToHex(bigIntsToCells(BigInt64Array.of(cell)))[0]);
  return problem(409, 'PLAN_OTHER_ATOMS', { name, lon, lat });
}
