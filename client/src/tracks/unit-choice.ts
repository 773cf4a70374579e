import type { FilterCodec } from '../ui/index.ts';

/** Which units the timeline shows: some, or all but some. A unit that joins the roster later is shown by the second. */
export interface UnitChoice {
  kind: 'only' | 'except';
  ids: readonly number[];
}

export const ALL_UNITS: UnitChoice = { kind: 'except', ids: [] };
export const NO_UNITS: UnitChoice = { kind: 'only', ids: [] };
export const UNITS_FILTER = 'tracks.units';

/** `7,12`: only these · `!7,12`: all but these · `none`; left out: all. What is unreadable means all. */
export const unitChoiceCodec: FilterCodec<UnitChoice> = {
  parse(text) {
    if (text === 'none') return NO_UNITS;
    const [, but, list] = /^(!?)(\d{1,9}(?:,\d{1,9})*)$/.exec(text ?? '') ?? [];
    if (list === undefined) return ALL_UNITS;
    return { kind: but === '!' ? 'except' : 'only', ids: list.split(',').map(Number) };
  },
  format({ kind, ids }) {
    if (ids.length === 0) return kind === 'except' ? null : 'none';
    return `${kind === 'except' ? '!' : ''}${ids.join(',')}`;
  },
};

export function isShown({ kind, ids }: UnitChoice, id: number): boolean {
  return ids.includes(id) === (kind === 'only');
}

/** `shown` of `all`, written the shorter way. O(all). */
export function chooseUnits(shown: ReadonlySet<number>, all: readonly number[]): UnitChoice {
  const ids = all.filter((id) => shown.has(id));
  const others = all.filter((id) => !shown.has(id));
  return ids.length > 0 && others.length <= ids.length ? { kind: 'except', ids: others } : { kind: 'only', ids };
}

/** Shows or hides some and leaves the others as they are. O(all). */
export function changeUnits(
  choice: UnitChoice,
  ids: Iterable<number>,
  show: boolean,
  all: readonly number[],
): UnitChoice {
  const chosen = new Set(choice.ids);
  const shown = new Set(all.filter((id) => chosen.has(id) === (choice.kind === 'only')));
  for (const id of ids)
    if (show) shown.add(id);
    else shown.delete(id);
  return chooseUnits(shown, all);
}
