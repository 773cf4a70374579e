import type {
  AuditEntry,
  Draft,
  ErrorBody,
  ProposalAnswer,
  ProposalOrder,
  ProposalRun,
  ProposedPlan,
} from '@xunfang/geo-data/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BUREAU, type DraftDesk, editOf, get, post, send, SOON, startDraftDesk } from './testing/draft-desk.ts';

let desk: DraftDesk;
let draft: number;

const ORDER: ProposalOrder = {
  from: 'draft',
  seconds: 1,
  seed: 7,
  band: 0.3,
  mostChange: 0.5,
  response: { sceneMinutes: 30, detourFactor: 1.3, speedKmh: 25 },
};

beforeAll(async () => {
  desk = await startDraftDesk();
  draft = await desk.clone('推荐');
});
afterAll(() => desk.close());

const ask = (order: Partial<ProposalOrder> = {}, id = draft) =>
  post(desk.anna, `/api/drafts/${id}/proposals`, { ...ORDER, ...order });

async function run(id = draft): Promise<ProposalRun> {
  const { run: found } = await get<ProposalAnswer>(desk.anna, `/api/drafts/${id}/proposals`);
  if (found === null) throw new Error('Nothing was begun.');
  return found;
}

async function ended(id = draft): Promise<ProposalRun> {
  await vi.waitFor(async () => expect((await run(id)).state).not.toBe('running'), { ...SOON, timeout: 30_000 });
  return run(id);
}

const proposed = (proposal: number, id = draft) =>
  get<ProposedPlan>(desk.anna, `/api/drafts/${id}/proposals/${proposal}`);

describe('proposals for a draft', () => {
  it('are none of them better than another, and the same for the same seed', async () => {
    expect(await get<ProposalAnswer>(desk.anna, `/api/drafts/${draft}/proposals`)).toEqual({ run: null });
    expect((await ask()).statusCode).toBe(202);
    const first = await ended();
    expect(first).toMatchObject({ state: 'done', from: 'draft', seed: 7, responseUnit: 'minutes', failure: null });
    expect(first.attempts).toBe(first.attemptsPlanned);
    expect(first.beginning?.change).toBe(0);
    expect(first.proposals.length).toBeGreaterThan(3);
    for (const one of first.proposals) {
      expect(one.balance).toBeLessThanOrEqual(0.3 + 1e-9);
      expect(one.change).toBeLessThanOrEqual(0.5 + 1e-9);
      const better = first.proposals.filter(
        (other) =>
          other.id !== one.id &&
          other.response <= one.response &&
          other.balance <= one.balance &&
          other.compactness >= one.compactness &&
          other.change <= one.change,
      );
      expect(better).toEqual([]);
    }
    await ask();
    const second = await ended();
    expect(second.id).not.toBe(first.id);
    expect(second.proposals).toEqual(first.proposals);
  });

  it('become one step of the draft when one is taken over, audited, and undone as one', async () => {
    const before = await desk.assignment(draft);
    const { proposals, revision } = await run();
    const most = proposals.reduce((a, b) => (b.change > a.change ? b : a));
    const { beatOfAtom } = await proposed(most.id);
    const atoms = beatOfAtom.flatMap((beat, atom) => (beat === before[atom] ? [] : [atom]));
    expect(atoms.length).toBeGreaterThan(0);
    const paint = { atoms, before: atoms.map((atom) => before[atom]), after: atoms.map((atom) => beatOfAtom[atom]) };
    const answer = await send(desk.anna, draft, revision, [editOf({ tool: 'proposal', paint })]);
    expect(answer.revision).toBe(revision + 1);
    expect(await desk.assignment(draft)).toEqual(beatOfAtom);
    const admin = await desk.test.signInAs('admin', BUREAU);
    const { entries } = await get<{ entries: AuditEntry[] }>(admin, `/api/audit?bureau=${BUREAU}`);
    const entry = entries.find(({ action }) => action === 'draft.proposal-taken');
    expect(entry).toMatchObject({ subject: `plan:${draft}`, detail: { revision: revision + 1, atoms: atoms.length } });
    await send(desk.anna, draft, revision + 1, [
      editOf({ tool: 'undo', undoOf: revision + 1, paint: { atoms, before: paint.after, after: paint.before } }),
    ]);
    expect(await desk.assignment(draft)).toEqual(before);
  });

  it('leave locks as they are, stop when told, and are one run at a time', async () => {
    const id = await desk.clone('锁定');
    const before = await desk.assignment(id);
    await send(desk.anna, id, 0, [
      editOf({
        tool: 'lock',
        operations: [{ op: 'set-beat', beat: 2, before: { locked: false }, after: { locked: true } }],
      }),
    ]);
    expect((await ask({ seconds: 60, mostChange: 1 }, id)).statusCode).toBe(202);
    const twice = await ask({}, id);
    expect([twice.statusCode, twice.json<ErrorBody>().error.code]).toEqual([409, 'PROPOSALS_RUNNING']);
    await vi.waitFor(async () => expect((await run(id)).proposals.length).toBeGreaterThan(1), SOON);
    await post(desk.bo, `/api/drafts/${id}/proposals/stop`, {});
    const stopped = await ended(id);
    expect(stopped.state).toBe('stopped');
    expect(stopped.attempts).toBeLessThan(stopped.attemptsPlanned);
    for (const { id: proposal } of stopped.proposals) {
      const { beatOfAtom } = await proposed(proposal, id);
      expect(beatOfAtom.map((beat) => beat === 2)).toEqual(before.map((beat) => beat === 2));
    }
    const scratch = await ask({ from: 'scratch' }, id);
    expect([scratch.statusCode, scratch.json<ErrorBody>().error.code]).toEqual([422, 'PROPOSALS_LOCKED']);
  });

  it('come from scratch in the keys of the draft, every beat in a zone, workload as it was sent', async () => {
    const { atomSet, beats, zones } = await get<Draft>(desk.anna, `/api/drafts/${draft}`);
    const workload = Array.from({ length: atomSet.count }, () => 1);
    await ask({ from: 'scratch', workload, response: undefined });
    const found = await ended();
    expect(found).toMatchObject({ state: 'done', responseUnit: 'km', beginning: null });
    const { beatOfAtom, zoneOfBeat } = await proposed(found.proposals[0].id);
    const sizes = beats.map((_, key) => beatOfAtom.filter((beat) => beat === key).length);
    const mean = atomSet.count / beats.length;
    for (const size of sizes) expect(Math.abs(size / mean - 1)).toBeLessThanOrEqual(found.proposals[0].balance + 1e-9);
    expect(zoneOfBeat.map(({ beat }) => beat).sort((a, b) => a - b)).toEqual(Array.from(beats.keys()));
    expect(new Set(zoneOfBeat.map(({ zone }) => zone)).size).toBe(zones.length);
  });

  it('are refused for what they cannot begin from', async () => {
    const other = await ask({ workload: [1, 2, 3] });
    expect([other.statusCode, other.json<ErrorBody>().error.code]).toEqual([422, 'PROPOSALS_OTHER_ATOMS']);
    const torn = await desk.clone('断');
    const beatOfAtom = await desk.assignment(torn);
    const far = beatOfAtom.findIndex((beat) => beat === 5);
    await send(desk.anna, torn, 0, [editOf({ paint: { atoms: [far], before: [5], after: [65535] } })]);
    const unsound = await ask({}, torn);
    expect([unsound.statusCode, unsound.json<ErrorBody>().error.code]).toEqual([422, 'PROPOSALS_DRAFT_UNSOUND']);
    const gone = await desk.anna.inject({ method: 'GET', url: `/api/drafts/${torn}/proposals/1` });
    expect(gone.json<ErrorBody>().error.code).toBe('PROPOSAL_GONE');
  });
});
