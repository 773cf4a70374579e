import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import {
  type DraftEdit,
  type DraftEditAnswer,
  decodeColumnBlock,
  type Plan,
  type StoredDraftEdit,
} from '@xunfang/geo-data/contract';
import type { Bench, BenchRow } from '../../geo-data/bench/bench.ts';
import {
  addIncidents,
  connectConsole,
  createTestApp,
  createTestBureau,
  type TestApp,
  type TestSession,
} from '../src/testing/index.ts';
import { withTestPostgres } from './with-test-postgres.ts';

const BUREAU = 'bench';
const BEATS = 27;
/** Some 1,100 atoms in the test bureau's square of 0.1°. */
const RESOLUTION = 9;
const STROKES = 300;
const ATOMS_PER_STROKE = 20;
const BATCHES_BEHIND = 5;

export const bench: Bench = { name: 'draft edits', run: () => withTestPostgres(run) };

async function run(): Promise<BenchRow[]> {
  const test = await createTestApp();
  try {
    const { anna, bo, id } = await prepare(test);
    const origin = `http://127.0.0.1:${(test.app.server.address() as AddressInfo).port}`;
    const watching = await connectConsole(origin, bo, BUREAU);
    const heardAt = new Map<string, number>();
    watching.socket.on('draft:edits', ({ edits }) => {
      for (const edit of edits) heardAt.set(edit.id, performance.now());
    });
    await watching.socket.timeout(10_000).emitWithAck('draft:join', { draft: id });

    const block = await anna.inject({ method: 'GET', url: `/api/drafts/${id}/columns` });
    const beatOfAtom = Uint16Array.from(decodeColumnBlock(Uint8Array.from(block.rawPayload).buffer).columns.beatOfAtom);
    const atoms = beatOfAtom.length;
    const answered: number[] = [];
    const sentAt = new Map<string, number>();
    let revision = 0;
    for (let i = 0; i < STROKES; i++) {
      const edit = stroke(beatOfAtom, i);
      sentAt.set(edit.id, performance.now());
      const answer = await send(anna, id, revision, [edit]);
      answered.push(performance.now() - (sentAt.get(edit.id) ?? 0));
      revision = answer.revision;
      applyTo(beatOfAtom, edit.paint);
    }
    while (heardAt.size < STROKES) await new Promise((resolve) => setTimeout(resolve, 5));
    const heard = [...sentAt].map(([edit, at]) => (heardAt.get(edit) ?? Number.NaN) - at);

    const behind: number[] = [];
    for (let i = 0; i < BATCHES_BEHIND; i++) {
      const started = performance.now();
      const { since } = await send(bo, id, 0, [{ ...empty, id: randomUUID(), paint: null }]);
      behind.push((performance.now() - started) / since.length);
    }
    watching.close();
    const size = `${ATOMS_PER_STROKE} of ${atoms} atoms`;
    return [
      { what: `stroke of ${size}, sent to stored and answered`, ours: figures(answered) },
      { what: 'the same, sent to heard by the other editor', ours: figures(heard) },
      {
        what: `an edit made ${STROKES} revisions ago, merged, with all it missed`,
        ours: `${(median(behind) * STROKES).toFixed(0)} ms`,
        note: `${(median(behind) * 1000).toFixed(0)} µs per missed edit`,
      },
    ];
  } finally {
    await test.close();
  }
}

async function prepare(test: TestApp): Promise<{ anna: TestSession; bo: TestSession; id: number }> {
  const bureauId = await createTestBureau(test.database.db, { slug: BUREAU });
  const calls = Array.from({ length: 5_000 }, (_, row) => ({
    key: String(row),
    at: new Date(Date.parse('2026-01-01T00:00:00Z') + row * 3_600_000),
    lon: 104 + ((row * 37) % 1000) / 12_500,
    lat: 30.6 + ((row * 61) % 997) / 12_500,
  }));
  await addIncidents(test.database.db, bureauId, calls);
  await test.app.listen({ port: 0, host: '127.0.0.1' });
  const anna = await test.signInAs('supervisor', BUREAU);
  const bo = await test.signInAs('supervisor', BUREAU);
  const payload = { name: 'bench', beats: BEATS, zones: 14, resolution: RESOLUTION };
  const designed = await anna.inject({ method: 'POST', url: `/api/plans/design?bureau=${BUREAU}`, payload });
  const { id } = designed.json<Plan>().summary;
  await anna.inject({ method: 'GET', url: `/api/drafts/${id}` });
  return { anna, bo, id };
}

async function send(session: TestSession, id: number, madeOn: number, edits: DraftEdit[]): Promise<DraftEditAnswer> {
  const answer = await session.inject({ method: 'POST', url: `/api/drafts/${id}/edits`, payload: { madeOn, edits } });
  if (answer.statusCode !== 200) throw new Error(`An edit answered ${answer.statusCode}: ${answer.body}`);
  return answer.json<DraftEditAnswer>();
}

const empty = { tool: 'brush' as const, operations: [], undoOf: null };

function stroke(beatOfAtom: Uint16Array, i: number): DraftEdit {
  const start = (i * 37) % (beatOfAtom.length - ATOMS_PER_STROKE);
  const atoms = Array.from({ length: ATOMS_PER_STROKE }, (_, k) => start + k);
  const before = atoms.map((atom) => beatOfAtom[atom]);
  return { ...empty, id: randomUUID(), paint: { atoms, before, after: atoms.map(() => i % BEATS) } };
}

function applyTo(beatOfAtom: Uint16Array, paint: StoredDraftEdit['paint']): void {
  for (const [i, atom] of (paint?.atoms ?? []).entries()) beatOfAtom[atom] = paint?.after[i] ?? 0;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];
function figures(ms: readonly number[]): string {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)].toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}
