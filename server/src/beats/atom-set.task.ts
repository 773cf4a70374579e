import { atomSetFrom, refuseTooManyAtoms } from './atom-set-from.ts';
import type { AtomSetOrder, AtomSetOutcome } from './plan-design.ts';

export async function run(order: AtomSetOrder): Promise<AtomSetOutcome> {
  const refused = refuseTooManyAtoms(order);
  return refused === null ? { atoms: await atomSetFrom(order) } : { refused };
}
