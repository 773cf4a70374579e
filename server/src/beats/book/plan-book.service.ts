import { once } from 'node:events';
import { Readable } from 'node:stream';
import { MessageChannel } from 'node:worker_threads';
import { compactPlan } from '@xunfang/geo-data/beats';
import type { MultiPolygon, Polygon } from 'geojson';
import { audit, type Doer, type Language, Problem, problem, type Workers } from '../../platform/index.ts';
import { draftsService } from '../drafts.service.ts';
import { drawDraft } from '../draw-draft.ts';
import { type PlanRow, plansRepository } from '../plans.repository.ts';
import type { PlansDeps } from '../plans.service.ts';
import { summaryOf } from '../plans.views.ts';
import { roadsFileOf } from '../roads-file.ts';
import type { BookArea, BookOrder, BookPlan, ResponseGround } from './book-order.ts';
import { planBookRepository } from './plan-book.repository.ts';
import type { BookTask } from './plan-book.task.ts';

type AreaRow = Awaited<ReturnType<ReturnType<typeof plansRepository>['zones']>>[number];

const HOUR_MS = 3_600_000;
const MOST_MS = 120_000;

/** A plan as a printable book; a draft as it stands. */
export function planBookService(deps: PlansDeps) {
  const { db, workers } = deps;
  const plans = plansRepository(db);
  const about = planBookRepository(db);
  const drafts = draftsService(deps);

  /** null where the plan was made on other atoms than the bureau has by now. */
  async function responseGround(row: PlanRow): Promise<ResponseGround | null> {
    try {
      const { draft, bureauAtoms } = await drafts.open(row.id);
      const { plan, beatKeys } = compactPlan(draft.plan);
      const { incidentsFrom, incidentsTo } = row.basis;
      return {
        atoms: bureauAtoms.atoms,
        plan,
        numbers: Array.from(beatKeys, (key) => draft.plan.beats[key].number),
        load: await drafts.basisLoad(row),
        hours: Math.max(1, (Date.parse(incidentsTo) - Date.parse(incidentsFrom)) / HOUR_MS),
      };
    } catch (error) {
      if (error instanceof Problem && error.code === 'PLAN_OTHER_ATOMS') return null;
      throw error;
    }
  }

  async function planOf(row: PlanRow): Promise<BookPlan> {
    const [steps, edited] = await Promise.all([about.lastSteps(row.bureau_id, row.id), about.lastEdit(row.id)]);
    const times = [row.created_at, steps.revisedAt, edited].map((at) => at?.getTime() ?? 0);
    const { incidentsFrom, incidentsTo, incidentCount, tolerance } = row.basis;
    return {
      ...summaryOf(row, null),
      approvedAt: steps.approvedAt?.toISOString() ?? null,
      revisedAt: new Date(Math.max(...times)).toISOString(),
      basis: { incidentsFrom, incidentsTo, incidentCount, tolerance },
    };
  }

  async function orderOf(row: PlanRow, language: Language): Promise<BookOrder> {
    const { bureau_id: bureauId } = row;
    const [bureau, places, plan, zones, beats, response] = await Promise.all([
      about.bureau(bureauId),
      about.places(bureauId),
      planOf(row),
      plans.zones(row.id),
      plans.beats(row.id),
      responseGround(row),
    ]);
    return {
      language,
      bureau: {
        name: { zh: bureau.name_zh, en: bureau.name_en },
        timeZone: bureau.time_zone,
        attribution: bureau.attribution,
        demonstration: bureau.demonstration,
        boundary: bureau.boundary as Polygon | MultiPolygon,
      },
      plan,
      zones: zones.map((zone) => areaOf(zone, zone.number)),
      beats: beats.map((beat) => areaOf(beat, beat.zone_number)),
      places,
      roadsFile: await roadsFileOf(bureau.slug),
      response,
    };
  }

  return {
    /** Resolves with the first bytes; the rest comes as it is written, and making it ends when nobody reads on. */
    async print(id: number, language: Language, doer: Doer): Promise<{ fileName: string; book: Readable }> {
      const row = await drawDraft(deps, (await plans.byId(id)) ?? problem(404, 'NOT_FOUND'));
      const { name, version, bureau_id: bureauId } = row;
      const order = await orderOf(row, language);
      const detail = { name, version, state: row.state, language };
      await audit(db, { bureauId, ...doer, action: 'plan.printed', subject: `plan:${id}`, detail });
      const book = streamBook(workers, order);
      await once(book, 'readable');
      return { fileName: `${name} v${version}`.replace(/[\\/:*?"<>|]/g, '_'), book };
    },
  };
}

function areaOf(row: AreaRow, zoneNumber: number): BookArea {
  return {
    number: row.number,
    zoneNumber,
    name: { zh: row.name_zh, en: row.name_en },
    colour: row.colour,
    labelAt: [row.label_lon, row.label_lat],
    boundary: row.boundary as MultiPolygon,
    figures: row.figures,
  };
}

/** The worker's messages as a stream. Whoever closes it ends the worker's thread. */
function streamBook(workers: Workers, order: BookOrder): Readable {
  const { port1, port2 } = new MessageChannel();
  const abort = new AbortController();
  const book = new Readable({
    read() {},
    destroy(error, done) {
      abort.abort();
      port1.close();
      done(error);
    },
  });
  port1.on('message', (bytes: Uint8Array | null) => book.push(bytes));
  const task: BookTask = { order, out: port2 };
  workers
    .run(new URL('./plan-book.task.ts', import.meta.url), task, {
      transfer: [port2],
      signal: AbortSignal.any([abort.signal, AbortSignal.timeout(MOST_MS)]),
    })
    .catch((error: Error) => book.destroy(error));
  return book;
}
