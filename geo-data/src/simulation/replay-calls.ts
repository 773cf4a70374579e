import { createReplay, type ReplayOutcome, type ReplayRequest } from './create-replay.ts';

export interface ReplayOptions {
  /** Stops the replay at the next pause: an AbortSignal, or anything with its flag. */
  signal?: { readonly aborted: boolean };
  /** Told after every piece how many calls have come in. */
  onProgress?: (done: number, count: number) => void;
  /** Calls between two pauses; 10,000 by default, some 10 ms. */
  pieceCalls?: number;
}

/** The replay was stopped by its signal. */
export class ReplayCancelledError extends Error {
  override name = 'ReplayCancelledError';
}

/**
 * Runs a replay from end to end in pieces; between two of them the host's event loop gets its turn, so that a worker hears of a
 * cancellation and progress leaves it.
 * @throws (rejects with) a ReplayCancelledError when the signal said so, a RangeError for columns that don't fit.
 */
export async function replayCalls(
  request: ReplayRequest,
  { signal, onProgress, pieceCalls = 10_000 }: ReplayOptions = {},
): Promise<ReplayOutcome> {
  const replay = createReplay(request);
  for (;;) {
    if (signal?.aborted === true) {
      throw new ReplayCancelledError(`The replay was cancelled after ${replay.done} of ${request.calls.count} calls.`);
    }
    const more = replay.advance(pieceCalls);
    onProgress?.(replay.done, request.calls.count);
    if (!more) return replay.outcome;
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
  }
}
