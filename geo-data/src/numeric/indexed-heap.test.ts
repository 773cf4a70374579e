import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IndexedHeap } from './indexed-heap.ts';

describe('IndexedHeap', () => {
  it('pops what a sorted list would, whatever was pushed and decreased', () => {
    const operation = fc.tuple(fc.integer({ min: -1, max: 40 }), fc.double({ min: 0, max: 10, noNaN: true }));
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 300 }), (operations) => {
        const heap = new IndexedHeap(41);
        const model = new Map<number, number>();
        for (const [item, key] of operations) {
          if (item < 0) {
            const least = Math.min(...model.values());
            const popped = heap.pop();
            if (model.size === 0) expect(popped).toBe(-1);
            else {
              expect(model.get(popped)).toBe(least);
              expect(heap.keyOf(popped)).toBe(least);
              expect(heap.has(popped)).toBe(false);
              model.delete(popped);
            }
          } else {
            const before = model.get(item) ?? Number.POSITIVE_INFINITY;
            expect(heap.pushOrDecrease(item, key)).toBe(key < before);
            model.set(item, Math.min(before, key));
          }
          expect(heap.size).toBe(model.size);
        }
        const rest: number[] = [];
        while (heap.size > 0) rest.push(heap.keyOf(heap.peek()), heap.keyOf(heap.pop()));
        expect(rest).toEqual([...model.values()].sort((a, b) => a - b).flatMap((key) => [key, key]));
      }),
    );
  });

  it('can be used again after it was cleared', () => {
    const heap = new IndexedHeap(3);
    heap.pushOrDecrease(2, 5);
    heap.pushOrDecrease(0, 1);
    heap.clear();
    expect([heap.size, heap.pop(), heap.has(2)]).toEqual([0, -1, false]);
    heap.pushOrDecrease(2, 9);
    expect(heap.pop()).toBe(2);
  });

  it('refuses an item outside its capacity', () => {
    expect(() => new IndexedHeap(3).pushOrDecrease(3, 1)).toThrow("Item 3 is outside the heap's capacity of 3.");
    expect(() => new IndexedHeap(-1)).toThrow('got -1');
  });
});
