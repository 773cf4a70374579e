/**
 * Weights that sum to 1, spread evenly over the simplex (Das & Dennis 1998): every way to share `parts` parts among `dimensions`. The
 * corners, one weight alone, come first. There are (parts + dimensions − 1) over (dimensions − 1).
 */
export function spreadWeights(dimensions: number, parts: number): number[][] {
  const found: number[][] = [];
  const fill = (chosen: readonly number[], left: number): void => {
    if (chosen.length === dimensions - 1) {
      found.push([...chosen, left].map((share) => share / parts));
      return;
    }
    for (let share = left; share >= 0; share--) fill([...chosen, share], left - share);
  };
  fill([], parts);
  const isCorner = (weights: number[]): boolean => weights.includes(1);
  return [...found.filter(isCorner), ...found.filter((weights) => !isCorner(weights))];
}
