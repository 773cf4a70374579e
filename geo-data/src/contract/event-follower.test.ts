import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventFollower } from './event-follower.ts';
import type { EventBatch, NumberedEvent, WatchAnswer } from './socket-events.ts';

const PAGE = 3;
const KEPT = 12;
type Step =
  | { do: 'append'; count: number }
  | { do: 'break' }
  | { do: 'join' }
  | { do: 'lose' }
  | { do: 'repeat' }
  | { do: 'switch'; to: 'west' | 'east' };

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('append' as const), count: fc.integer({ min: 1, max: 5 }) }) },
    { weight: 2, arbitrary: fc.constant<Step>({ do: 'break' }) },
    { weight: 2, arbitrary: fc.constant<Step>({ do: 'join' }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'lose' }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'repeat' }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('switch' as const), to: fc.constantFrom('west', 'east') }) },
  ) as fc.Arbitrary<Step>,
  { maxLength: 40 },
);

const eventOf = (seq: number): NumberedEvent => ({ seq, event: 'roster:changed', payload: { revision: seq } });
const range = (after: number, upTo: number) => Array.from({ length: upTo - after }, (_, i) => after + 1 + i);

/** A server with one log per bureau, of which every third event is not for this console's role, and a link that can be cut. */
function createWorld(kept: number) {
  const newest: Record<string, number> = { west: 0, east: 0 };
  const firstAsked: Record<string, number> = {};
  const applied: Record<string, number[]> = { west: [], east: [] };
  const outcomes: string[] = [];
  let live: { bureau: string; at: number } | null = null;
  let connected = false;
  let last: EventBatch | null = null;
  const batchOf = (bureau: string, after: number, upTo: number): EventBatch => ({
    bureau,
    after,
    upTo,
    events: range(after, upTo)
      .filter((seq) => seq % 3 !== 0)
      .map(eventOf),
  });
  const answerTo = (bureau: string, lastSeq: number | null): WatchAnswer => {
    const end = newest[bureau];
    firstAsked[bureau] ??= end;
    if (lastSeq === null || lastSeq < end - kept)
      return { ok: true, batch: batchOf(bureau, end, end), more: false, reload: true };
    const upTo = Math.min(lastSeq + PAGE, end);
    return { ok: true, batch: batchOf(bureau, lastSeq, upTo), more: upTo < end, reload: false };
  };
  const follower = createEventFollower({
    watch({ bureau, lastSeq }, answered) {
      if (!connected) return;
      const answer = answerTo(bureau, lastSeq);
      live = answer.ok && !answer.more ? { bureau, at: newest[bureau] } : null;
      answered(answer);
    },
    apply: ({ seq }, bureau) => applied[bureau].push(seq),
    onCaughtUp: (missed) => outcomes.push(`missed ${missed}`),
    onReload: (why) => {
      outcomes.push(why);
      applied.west.push(-1);
      applied.east.push(-1);
    },
    onRefused: () => {},
  });
  const send = () => {
    if (live === null || live.at === newest[live.bureau]) return;
    last = batchOf(live.bureau, live.at, newest[live.bureau]);
    live.at = last.upTo;
    follower.received(last);
  };
  const perform = (step: Step) => {
    if (step.do === 'append') {
      for (const bureau of ['west', 'east']) newest[bureau] += step.count;
      send();
    } else if (step.do === 'break') {
      connected = false;
      live = null;
    } else if (step.do === 'join') {
      connected = true;
      follower.resume();
    } else if (step.do === 'lose') {
      for (const bureau of ['west', 'east']) newest[bureau] += 1;
      if (live) live.at = newest[live.bureau];
    } else if (step.do === 'repeat') {
      if (connected && last) follower.received(last);
    } else follower.watch(step.to);
  };
  return { follower, perform, newest, firstAsked, applied, outcomes };
}

describe('the follower of events', () => {
  it('applies every event once and in order, whatever breaks, is lost or comes twice', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const world = createWorld(Number.POSITIVE_INFINITY);
        world.perform({ do: 'switch', to: 'west' });
        world.perform({ do: 'join' });
        for (const step of list) world.perform(step);
        for (const bureau of ['west', 'east'] as const) {
          // What was lost last shows with the next event.
          for (const step of [{ do: 'switch', to: bureau }, { do: 'join' }, { do: 'append', count: 1 }] as const)
            world.perform(step);
          const due = range(world.firstAsked[bureau], world.newest[bureau]).filter((seq) => seq % 3 !== 0);
          expect(world.applied[bureau].filter((seq) => seq > 0)).toEqual(due);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('asks for everything again where what it missed is no longer kept, and never leaves a gap unsaid', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const world = createWorld(KEPT);
        world.perform({ do: 'switch', to: 'west' });
        world.perform({ do: 'join' });
        for (const step of list) world.perform(step);
        let before = 0;
        for (const seq of world.applied.west) {
          if (seq === -1) before = -1;
          else {
            if (before > 0) expect(range(before, seq).filter((one) => one % 3 !== 0)).toEqual([seq]);
            before = seq;
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says how many it missed, and nothing when it missed none', () => {
    const world = createWorld(KEPT);
    for (const step of [{ do: 'switch', to: 'west' }, { do: 'join' }, { do: 'append', count: 4 }] as const)
      world.perform(step);
    world.perform({ do: 'break' });
    world.perform({ do: 'join' });
    expect(world.outcomes).toEqual(['first']);
    world.perform({ do: 'break' });
    world.perform({ do: 'append', count: 8 });
    world.perform({ do: 'join' });
    expect(world.applied.west).toEqual([-1, 1, 2, 4, 5, 7, 8, 10, 11]);
    expect(world.outcomes).toEqual(['first', 'missed 5']);
    world.perform({ do: 'break' });
    world.perform({ do: 'append', count: KEPT + 1 });
    world.perform({ do: 'join' });
    expect(world.outcomes).toEqual(['first', 'missed 5', 'expired']);
  });

  it('gives the next person a fresh start', () => {
    const world = createWorld(KEPT);
    for (const step of [{ do: 'switch', to: 'west' }, { do: 'join' }, { do: 'append', count: 4 }] as const)
      world.perform(step);
    world.follower.forget();
    world.perform({ do: 'append', count: 2 });
    world.perform({ do: 'switch', to: 'west' });
    expect(world.outcomes).toEqual(['first', 'first']);
  });
});
