import { createHash } from 'node:crypto';
import type { PlanFileFormat, PlanImportReport, PlanSummary } from '@xunfang/geo-data/contract';
import { bigIntsToCells, cellsToHex } from '@xunfang/geo-data/geometry';
import type { MultiPolygon } from 'geojson';
import {
  audit,
  type Db,
  type Doer,
  type Language,
  messageOf,
  type ProblemParams,
  problem,
} from '../../platform/index.ts';
import { atomsOfBureau, digestOfCells } from '../atom-sets.ts';
import { drawDraft } from '../draw-draft.ts';
import { draftsRepository } from '../drafts.repository.ts';
import { drawnPlansRepository } from '../drawn-plans.repository.ts';
import type { DrawingOrder, DrawnPlan } from '../plan-design.ts';
import { type PlanBasis, type PlanRow, plansRepository } from '../plans.repository.ts';
import { type PlansDeps, tellOfNew } from '../plans.service.ts';
import { planGeoJson } from '../plans.views.ts';
import type { LaidPlan, LayingOrder } from './lay-plan-file.ts';
import type { FileAreas, Finding } from './read-areas.ts';
import type { ReadOutcome, ReadPlanFile } from './read-plan-file.task.ts';
import {
  PLAN_FILE_TYPES,
  type PlanFeature,
  type PlanFileOrder,
  type PlanValue,
  writePlanFile,
} from './write-plan-file.ts';

export interface UploadedPlan {
  fileName: string;
  bytes: Uint8Array;
  system: string;
  /** Of the atoms, where the file is not one of ours; null: the bureau's usual one. */
  resolution: number | null;
}
interface PreparedPlan {
  read: ReadPlanFile;
  laid: LaidPlan;
  resolution: number;
  atoms: LayingOrder['atoms'];
}

const DEFAULT_TOLERANCE = 0.1;
const MOST_MS = 60_000;

/** Plans to other programs and back. Reading, laying and drawing happen in a worker; nothing of a file is kept but what the plan is. */
export function planFilesService(deps: PlansDeps) {
  const { db, workers, now } = deps;

  async function prepare(bureauId: number, { bytes, system, resolution: chosen }: UploadedPlan): Promise<PreparedPlan> {
    const task = (name: string) => new URL(name, import.meta.url);
    // Whatever a file does to its reader, it does not do it for ever: the thread is ended.
    const signal = AbortSignal.timeout(MOST_MS);
    const outcome = await workers
      .run<ReadOutcome>(task('./read-plan-file.task.ts'), { bytes, system }, { signal })
      .catch((error: unknown) => (signal.aborted ? problem(422, 'PLAN_FILE_TOO_SLOW') : Promise.reject(error)));
    if ('refused' in outcome) problem(422, `PLAN_FILE_${outcome.refused.code}`, outcome.refused.params);
    const { read } = outcome;
    const resolution = read.plan.resolution ?? chosen ?? (await plansRepository(db).bureau(bureauId)).atom_resolution;
    const { atoms } = await atomsOfBureau(deps, bureauId, resolution);
    const order: LayingOrder = { atoms, areas: read.areas };
    const laid = await workers.run<LaidPlan>(task('./lay-plan-file.task.ts'), order);
    return { read, laid, resolution, atoms };
  }

  /** Of the file where it is one of ours, else all incidents held. */
  async function basisOf(bureauId: number, { basis }: FileAreas['plan']) {
    if (basis !== null) return { from: new Date(basis.from), to: new Date(basis.to), tolerance: basis.tolerance };
    const extent = await plansRepository(db).incidentExtent(bureauId);
    const from = extent.from ?? now();
    const to = new Date((extent.to ?? from).getTime() + 1);
    return { from, to, tolerance: DEFAULT_TOLERANCE };
  }

  return {
    /** The plan, a draft as it stands, as a file. */
    async export(id: number, format: PlanFileFormat): Promise<{ bytes: Uint8Array; type: string; fileName: string }> {
      const row = await drawDraft(deps, (await plansRepository(db).byId(id)) ?? problem(404, 'NOT_FOUND'));
      const { extension, type } = PLAN_FILE_TYPES[format];
      const title = `${row.name} v${row.version}`;
      const order: PlanFileOrder = { format, title, features: await featuresOf(db, row), at: now() };
      return { bytes: writePlanFile(order), type, fileName: `${title.replace(/[\\/:*?"<>|]/g, '_')}.${extension}` };
    },

    /** What the file would become; changes nothing. */
    async preview(bureauId: number, file: UploadedPlan, language: Language): Promise<PlanImportReport> {
      return reportOf(await prepare(bureauId, file), language);
    },

    /** A new draft of it, whole or not at all. */
    async import(
      bureauId: number,
      name: string,
      file: UploadedPlan,
      doer: Doer & { language: Language },
    ): Promise<{ plan: PlanSummary; report: PlanImportReport }> {
      const prepared = await prepare(bureauId, file);
      const { read, laid, resolution, atoms } = prepared;
      const report = reportOf(prepared, doer.language);
      const [first] = report.rejected;
      if (first !== undefined)
        problem(
          422,
          'PLAN_FILE_REJECTED',
          { count: report.rejected.length, name: first.name, reason: first.message, layer: first.layer ?? '' },
          { row: first.row },
        );
      if (laid.plan.beatCount === 0) problem(422, 'PLAN_FILE_ELSEWHERE');
      const { from, to, tolerance } = await basisOf(bureauId, read.plan);
      const load = await plansRepository(db).cellLoad({ bureauId, from, to, resolution });
      const drawing: DrawingOrder = { atoms, plan: laid.plan, beats: laid.beats, zones: laid.zones, load };
      const design = await workers.run<DrawnPlan>(new URL('../draw-plan.task.ts', import.meta.url), drawing);
      const basis: PlanBasis = {
        incidentsFrom: from.toISOString(),
        incidentsTo: to.toISOString(),
        incidentCount: design.beats.reduce((sum, { figures }) => sum + figures.incidents, 0),
        seed: 0,
        tolerance,
        worstDeviation: Math.max(...design.beats.map(({ figures }) => Math.abs(figures.deviation))),
      };
      const plan = await db.transaction().execute(async (trx) => {
        await plansRepository(trx).lockPlans(bureauId);
        const created = { bureauId, name, resolution, basis, createdBy: doer.actor, basedOnPlan: null };
        const draft = await drawnPlansRepository(trx).insertDraft({ ...created, design });
        const { actor, address } = doer;
        const sha256 = createHash('sha256').update(file.bytes).digest('hex');
        const { method, redrawnAtoms } = report;
        const detail = { name, fileName: file.fileName, sha256, format: read.format, method, redrawnAtoms, resolution };
        await audit(trx, { bureauId, actor, address, action: 'plan.imported', subject: `plan:${draft}`, detail });
        return tellOfNew(trx, draft);
      });
      return { plan, report };
    },
  };
}

async function featuresOf(db: Db, row: PlanRow): Promise<PlanFeature[]> {
  const plans = plansRepository(db);
  const [zones, beats, { cells, beatNumbers }] = await Promise.all([
    plans.zones(row.id),
    plans.beats(row.id),
    plans.cells(row.id),
  ]);
  const hexes = cellsToHex(bigIntsToCells(cells));
  const cellsOf = new Map<number, string[]>();
  for (const [atom, beat] of beatNumbers.entries()) {
    const list = cellsOf.get(beat) ?? [];
    cellsOf.set(beat, list);
    list.push(hexes[atom]);
  }
  const { incidentsFrom, incidentsTo, tolerance } = row.basis;
  // A draft may leave atoms to nobody; any other plan has all of them.
  const draft = await draftsRepository(db).byId(row.id);
  const common = {
    shift: row.shift,
    duty_level: row.duty_level,
    resolution: row.resolution,
    atom_set: draft?.digest ?? digestOfCells(cells),
    basis_from: incidentsFrom,
    basis_to: incidentsTo,
    tolerance,
  };
  return planGeoJson(row, zones, beats).features.map(({ properties, geometry }) => {
    const values: Record<string, PlanValue> = { ...(properties as Record<string, PlanValue>), ...common };
    const level = values.level as PlanFeature['level'];
    return {
      level,
      values,
      cells: level === 'beat' ? (cellsOf.get(Number(values.number)) ?? []) : [],
      outline: geometry as MultiPolygon,
    };
  });
}

function reportOf({ read, laid, resolution }: PreparedPlan, language: Language): PlanImportReport {
  const told = (findings: readonly Finding[]) =>
    findings.map(({ layer, row, name, code, at }) => {
      const params: ProblemParams = at === null ? {} : { lon: at[0].toFixed(6), lat: at[1].toFixed(6) };
      return { layer, row, name, code, at, message: messageOf(`PLAN_FEATURE_${code}`, language, params).message };
    });
  return {
    ...laid.report,
    format: read.format,
    planName: read.plan.name,
    resolution,
    coordinates: read.coordinates ?? 'WGS84',
    encoding: read.encoding,
    rejected: told(read.rejected),
    leftOut: told([...read.leftOut, ...laid.leftOut]),
  };
}
