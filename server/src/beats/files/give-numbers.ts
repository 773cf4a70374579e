/**
 * A number for everything kept: the one it has, once; the next free ones for those without or with one that was taken before. `order` are places
 * in the list by ascending number, `numbers` beside them; `unnumbered` the numbers that were given.
 */
export function giveNumbers(
  items: readonly { number: number | null }[],
  isKept: (at: number) => boolean,
): { order: number[]; numbers: number[]; unnumbered: number[] } {
  const given = new Map<number, number>();
  const without: number[] = [];
  for (const [at, { number }] of items.entries()) {
    if (!isKept(at)) continue;
    if (number === null || given.has(number)) without.push(at);
    else given.set(number, at);
  }
  const unnumbered: number[] = [];
  let next = 1;
  for (const at of without) {
    while (given.has(next)) next++;
    given.set(next, at);
    unnumbered.push(next);
  }
  const numbers = [...given.keys()].sort((a, b) => a - b);
  return { order: numbers.map((number) => given.get(number) ?? 0), numbers, unnumbered };
}
