import type { EventBatch, NumberedEvent, WatchAnswer } from './socket-events.ts';

interface FollowerDeps {
  /** Sends `bureau:watch`. `answered` is called as the answer arrives, before anything that came after it; never, when the link breaks. */
  watch(message: { bureau: string; lastSeq: number | null }, answered: (answer: WatchAnswer) => void): void;
  apply(event: NumberedEvent, bureau: string): void;
  /** After a break: so many were missed, and have been applied. */
  onCaughtUp(missed: number): void;
  /** What is on screen must be asked for again: this is the bureau's first watch, or what was missed is no longer kept. */
  onReload(why: 'first' | 'expired'): void;
  onRefused(refusal: { code: string; message: string }): void;
}

/**
 * The console's half of the reliable events: applies each event of the watched bureau once and in the order of its number, whatever
 * breaks in between. It remembers one number per bureau and asks from there; batches that overlap are cut, a batch that leaves a gap
 * makes it ask again. Here, not in the console, so that the tests of the server run the very code of the console.
 */
export function createEventFollower(deps: FollowerDeps) {
  const lastSeqOf = new Map<string, number>();
  let watched: string | null = null;
  /** Whether the answer to the last watch is still to come. */
  let asking = false;
  /** An answer to an older question is void. */
  let turn = 0;

  function applyBatch({ bureau, upTo, events }: EventBatch): number {
    let applied = 0;
    for (const event of events) {
      if (event.seq <= (lastSeqOf.get(bureau) ?? 0)) continue;
      lastSeqOf.set(bureau, event.seq);
      deps.apply(event, bureau);
      applied++;
    }
    lastSeqOf.set(bureau, Math.max(upTo, lastSeqOf.get(bureau) ?? 0));
    return applied;
  }

  /** `missedBefore`: of earlier pages of the same break; null: not a break that anybody wants to hear of. */
  function ask(missedBefore: number | null): void {
    const mine = ++turn;
    const bureau = watched;
    asking = bureau !== null;
    if (bureau === null) return;
    const lastSeq = lastSeqOf.get(bureau) ?? null;
    deps.watch({ bureau, lastSeq }, (answer) => {
      if (mine !== turn) return;
      asking = false;
      if (!answer.ok) {
        deps.onRefused(answer);
        return;
      }
      if (answer.reload) {
        lastSeqOf.set(bureau, answer.batch.upTo);
        deps.onReload(lastSeq === null ? 'first' : 'expired');
        if (answer.more) ask(null);
        return;
      }
      const applied = applyBatch(answer.batch);
      const missed = missedBefore === null ? null : missedBefore + applied;
      if (answer.more) ask(missed);
      else if (missed !== null && missed > 0) deps.onCaughtUp(missed);
    });
  }

  /** Another bureau, or none. The number of the one before is kept for when it is watched again. */
  function watch(bureau: string | null): void {
    watched = bureau;
    ask(0);
  }

  return {
    watch,
    /** The link is there (again). */
    resume: () => ask(0),
    /** A live batch. */
    received: (batch: EventBatch): void => {
      if (batch.bureau !== watched) return;
      const lastSeq = lastSeqOf.get(batch.bureau);
      if (lastSeq !== undefined && batch.after <= lastSeq) applyBatch(batch);
      // What is missing comes with the answer under way, if there is one.
      else if (!asking) ask(0);
    },
    /** Whoever is next here starts anew. */
    forget: (): void => {
      lastSeqOf.clear();
      watch(null);
    },
  };
}
