/** The UTC offsets of a time zone over a span: offsetSeconds[k] holds from startsAtSeconds[k] until the next start. */
export interface UtcOffsets {
  startsAtSeconds: Float64Array;
  offsetSeconds: Int32Array;
}

/** The shortest time an offset has held since 1970, in any zone, is a week less an hour (Recife, October 2000). */
const PROBE_SECONDS = 6 * 86_400;

function offsetReader(timeZone: string): (atSeconds: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (atSeconds) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(atSeconds * 1000)) parts[type] = Number(value);
    return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) / 1000 - atSeconds;
  };
}

/**
 * All changes of a zone's offset in [fromSeconds, toSeconds], found by asking Intl every six days and halving where the
 * answer changed, so that millions of rows need integer arithmetic only. About 5 µs per probe.
 * @throws RangeError from Intl for an unknown time zone.
 */
export function utcOffsets(timeZone: string, fromSeconds: number, toSeconds: number): UtcOffsets {
  if (!(fromSeconds <= toSeconds)) throw new Error(`Expected a span, got ${fromSeconds} to ${toSeconds}.`);
  const readOffset = offsetReader(timeZone);
  const first = Math.floor(fromSeconds);
  const last = Math.ceil(toSeconds);
  const starts = [first];
  const offsets = [readOffset(first)];
  let known = first;
  while (known < last) {
    const probe = Math.min(known + PROBE_SECONDS, last);
    const offset = readOffset(probe);
    if (offset !== offsets[offsets.length - 1]) {
      let before = known;
      let after = probe;
      while (after - before > 1) {
        const middle = Math.floor((before + after) / 2);
        if (readOffset(middle) === offset) after = middle;
        else before = middle;
      }
      starts.push(after);
      offsets.push(offset);
    }
    known = probe;
  }
  return { startsAtSeconds: Float64Array.from(starts), offsetSeconds: Int32Array.from(offsets) };
}

/** The offset at an instant of the span; before it the first one, after it the last. O(log changes). */
export function offsetAt({ startsAtSeconds, offsetSeconds }: UtcOffsets, atSeconds: number): number {
  let low = 0;
  let high = startsAtSeconds.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (startsAtSeconds[middle] <= atSeconds) low = middle;
    else high = middle;
  }
  return offsetSeconds[low];
}

/** The wall clock of an instant, as if it were UTC. */
export function localSecondsOf(utcSeconds: number, timeZone: string): number {
  const seconds = Math.floor(utcSeconds);
  return utcSeconds + utcOffsets(timeZone, seconds, seconds).offsetSeconds[0];
}
