import type { DraftEdit as KernelEdit } from '@xunfang/geo-data/beats';
import type { DraftEdit } from '@xunfang/geo-data/contract';

/** As it travels, for the kernels: columns instead of lists. */
export function fromWire({ paint, operations }: Pick<DraftEdit, 'paint' | 'operations'>): KernelEdit {
  return {
    paint: paint && {
      atoms: Uint32Array.from(paint.atoms),
      before: Uint16Array.from(paint.before),
      after: Uint16Array.from(paint.after),
    },
    operations,
  };
}

/** For the way to the server. */
export function toWire({ paint, operations }: KernelEdit): Pick<DraftEdit, 'paint' | 'operations'> {
  return {
    paint:
      paint === null || paint.atoms.length === 0
        ? null
        : { atoms: [...paint.atoms], before: [...paint.before], after: [...paint.after] },
    operations: operations.map((operation) =>
      operation.op === 'lock-atoms' ? { ...operation, atoms: [...operation.atoms] } : operation,
    ),
  };
}

export const isEmptyEdit = ({ paint, operations }: Pick<DraftEdit, 'paint' | 'operations'>): boolean =>
  (paint === null || paint.atoms.length === 0) && operations.length === 0;
