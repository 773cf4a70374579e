import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import {
  type Draft,
  type DraftColumnsMeta,
  type DraftEdit,
  type DraftEditAnswer,
  decodeColumnBlock,
  type Plan,
  type PlanSummary,
  type StoredDraftEdit,
} from '@xunfang/geo-data/contract';
import {
  addIncidents,
  type ConnectedConsole,
  connectConsole,
  createTestApp,
  createTestBureau,
  type TestApp,
  type TestSession,
} from '../../testing/index.ts';

export const BUREAU = 'drafts-test';
export const INCIDENTS = 400;
export const SOON = { timeout: 10_000, interval: 10 };

/** Two supervisors of a bureau with incidents and one designed plan, and what they do to drafts of it. */
export interface DraftDesk {
  test: TestApp;
  bureauId: number;
  anna: TestSession;
  bo: TestSession;
  /** 6 beats in 3 zones. */
  base: Plan;
  openConsole(session: TestSession, bureau?: string): Promise<ConnectedConsole>;
  /** A draft like `base`. */
  clone(name: string): Promise<number>;
  columns(id: number): Promise<ReturnType<typeof decodeColumnBlock<DraftColumnsMeta>>>;
  /** Beat by key of every atom as it is stored. */
  assignment(id: number): Promise<number[]>;
  close(): Promise<void>;
}

export async function startDraftDesk(): Promise<DraftDesk> {
  const test = await createTestApp();
  const bureauId = await createTestBureau(test.database.db, { slug: BUREAU });
  const incidents = Array.from({ length: INCIDENTS }, (_, row) => ({
    key: String(row),
    at: new Date(Date.parse('2026-01-01T00:00:00Z') + row * 3_600_000),
    lon: 104 + ((row * 37) % 100) / 1250,
    lat: 30.6 + ((row * 61) % 97) / 1250,
  }));
  await addIncidents(test.database.db, bureauId, incidents);
  await test.app.listen({ port: 0, host: '127.0.0.1' });
  const origin = `http://127.0.0.1:${(test.app.server.address() as AddressInfo).port}`;
  const anna = await test.signInAs('supervisor', BUREAU);
  const bo = await test.signInAs('supervisor', BUREAU);
  const order = { name: '现行', beats: 6, zones: 3, resolution: 8 };
  const base = (await post(anna, `/api/plans/design?bureau=${BUREAU}`, order)).json<Plan>();
  const consoles: ConnectedConsole[] = [];

  return {
    test,
    bureauId,
    anna,
    bo,
    base,
    openConsole: async (session, bureau = BUREAU) => {
      const connected = await connectConsole(origin, session, bureau);
      consoles.push(connected);
      return connected;
    },
    clone: async (name) => {
      const answer = await post(anna, `/api/plans/${base.summary.id}/clone`, { name });
      return succeeded(answer).json<PlanSummary>().id;
    },
    columns: async (id) => {
      const answer = await anna.inject({ method: 'GET', url: `/api/drafts/${id}/columns` });
      return decodeColumnBlock<DraftColumnsMeta>(Uint8Array.from(answer.rawPayload).buffer);
    },
    assignment: async (id) => {
      const stored = () =>
        test.database.db.selectFrom('plan_draft').select('beat_of_atom').where('plan_id', '=', id).executeTakeFirst();
      // Made by whoever opens it first.
      if ((await stored()) === undefined) await get<Draft>(anna, `/api/drafts/${id}`);
      const bytes = Uint8Array.from((await stored())?.beat_of_atom ?? []);
      return Array.from(new Uint16Array(bytes.buffer));
    },
    close: async () => {
      for (const one of consoles) one.close();
      await test.close();
    },
  };
}

type Answer = Awaited<ReturnType<TestSession['inject']>>;

function succeeded(answer: Answer): Answer {
  if (answer.statusCode >= 300) throw new Error(`Answered ${answer.statusCode}: ${answer.body}`);
  return answer;
}

export async function get<Body>(session: TestSession, url: string): Promise<Body> {
  const answer = await session.inject({ method: 'GET', url });
  return succeeded(answer).json<Body>();
}

export const post = (session: TestSession, url: string, payload: object) =>
  session.inject({ method: 'POST', url, payload });

export async function send(
  session: TestSession,
  id: number,
  madeOn: number,
  edits: DraftEdit[],
): Promise<DraftEditAnswer> {
  const answer = await post(session, `/api/drafts/${id}/edits`, { madeOn, edits });
  return succeeded(answer).json<DraftEditAnswer>();
}

export const editOf = (changes: Partial<DraftEdit>): DraftEdit => ({
  id: randomUUID(),
  tool: 'brush',
  paint: null,
  operations: [],
  undoOf: null,
  ...changes,
});

export const stroke = (beatOfAtom: readonly number[], atoms: number[], into: number): DraftEdit =>
  editOf({ paint: { atoms, before: atoms.map((atom) => beatOfAtom[atom]), after: atoms.map(() => into) } });

/** Takes a stored stroke back, at some of its atoms or all. */
export function inverse({ paint, revision }: StoredDraftEdit, atoms: number[] = paint?.atoms ?? []): DraftEdit {
  const at = (column: number[] | undefined) => atoms.map((atom) => column?.[paint?.atoms.indexOf(atom) ?? 0] ?? 0);
  return editOf({
    tool: 'undo',
    undoOf: revision,
    paint: { atoms, before: at(paint?.after), after: at(paint?.before) },
  });
}
