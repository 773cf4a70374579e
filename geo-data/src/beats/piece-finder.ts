import type { LinkRows } from './link-rows.ts';

export interface PieceFinder {
  /**
   * The atoms that leave area `area` when `atom` does: itself and, if that tears the area apart, all but the largest piece.
   * Undefined when nothing would be left, or more than half of the area would go.
   */
  takeFrom(areaOf: Uint16Array, area: number, atom: number): readonly number[] | undefined;
  /** Whether the area stays in one piece, and not empty, without these atoms. */
  staysWhole(areaOf: Uint16Array, area: number, without: readonly number[]): boolean;
}

/**
 * Answers what becomes of a contiguous area when atoms leave it, by searching from the neighbours of what leaves until they have
 * met: a few steps as a rule, the whole area at worst. Keeps scratch memory; not for two questions at once.
 */
export function createPieceFinder({ count, offset, target }: LinkRows): PieceFinder {
  const pieceOf = new Uint32Array(count);
  const queue = new Uint32Array(count);
  /** Numbers in `pieceOf` above this belong to the present question. */
  let base = 0;

  /** Collects the piece of the area around `start`; stops early when `goals` further goal atoms were met. */
  function flood(areaOf: Uint16Array, area: number, start: number, piece: number, goal: number, goals: number): number {
    let filled = 1;
    let met = 0;
    queue[0] = start;
    pieceOf[start] = piece;
    for (let i = 0; i < filled; i++) {
      const atom = queue[i];
      for (let e = offset[atom]; e < offset[atom + 1]; e++) {
        const other = target[e];
        if (areaOf[other] !== area) continue;
        const mark = pieceOf[other];
        if (mark > goal) continue;
        pieceOf[other] = piece;
        queue[filled++] = other;
        if (mark === goal && ++met === goals) return filled;
      }
    }
    return filled;
  }

  /** Marks the neighbours, inside the area, of atoms marked as leaving; answers one of them and their number. */
  function markGoals(areaOf: Uint16Array, area: number, leaving: readonly number[]): { first: number; goals: number } {
    const goal = base + 1;
    const gone = base + 2;
    base += 2;
    let first = -1;
    let goals = 0;
    for (const atom of leaving) pieceOf[atom] = gone;
    for (const atom of leaving) {
      for (let e = offset[atom]; e < offset[atom + 1]; e++) {
        const other = target[e];
        if (areaOf[other] !== area || pieceOf[other] >= goal) continue;
        pieceOf[other] = goal;
        if (first < 0) first = other;
        goals++;
      }
    }
    return { first, goals };
  }

  function startQuestion(): number {
    // Long before numbers wrap around, start over.
    if (base > 0xffff0000) {
      pieceOf.fill(0);
      base = 0;
    }
    return base + 1;
  }

  function takeFrom(areaOf: Uint16Array, area: number, atom: number): readonly number[] | undefined {
    const goal = startQuestion();
    const { first, goals } = markGoals(areaOf, area, [atom]);
    if (first < 0) return undefined;
    if (goals === 1) return [atom];
    let piece = ++base;
    let size = flood(areaOf, area, first, piece, goal, goals - 1);
    let met = 0;
    for (let e = offset[atom]; e < offset[atom + 1]; e++) if (pieceOf[target[e]] === piece) met++;
    if (met === goals) return [atom];

    // Torn apart: the first flood went through its whole piece. Keep the largest piece, take the others along.
    let largest = queue.slice(0, size);
    const others: number[] = [];
    let total = size;
    for (let e = offset[atom]; e < offset[atom + 1]; e++) {
      if (pieceOf[target[e]] !== goal || areaOf[target[e]] !== area) continue;
      piece = ++base;
      size = flood(areaOf, area, target[e], piece, goal, 0);
      total += size;
      if (size > largest.length) {
        others.push(...largest);
        largest = queue.slice(0, size);
      } else others.push(...queue.subarray(0, size));
    }
    return 2 * largest.length < total ? undefined : [atom, ...others];
  }

  function staysWhole(areaOf: Uint16Array, area: number, without: readonly number[]): boolean {
    const goal = startQuestion();
    const { first, goals } = markGoals(areaOf, area, without);
    if (first < 0) return false;
    if (goals === 1) return true;
    const piece = ++base;
    flood(areaOf, area, first, piece, goal, goals - 1);
    for (const atom of without) {
      for (let e = offset[atom]; e < offset[atom + 1]; e++) if (pieceOf[target[e]] === goal) return false;
    }
    return true;
  }

  return { takeFrom, staysWhole };
}
