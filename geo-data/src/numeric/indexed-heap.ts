const ABSENT = -1;

/**
 * A minimum heap over the items 0 … capacity-1 with decrease-key, in typed arrays: no allocation after construction.
 * 4-ary, because the children of a node then share a cache line. push, decrease and pop are O(log n).
 * Ties leave in an order that depends only on the sequence of calls.
 */
export class IndexedHeap {
  readonly capacity: number;
  #size = 0;
  readonly #items: Int32Array;
  readonly #keys: Float64Array;
  readonly #positions: Int32Array;

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 0 || capacity > 0x7fffffff) {
      throw new Error(`Heap capacity must be an integer in [0, 2^31), got ${capacity}.`);
    }
    this.capacity = capacity;
    this.#items = new Int32Array(capacity);
    this.#keys = new Float64Array(capacity);
    this.#positions = new Int32Array(capacity).fill(ABSENT);
  }

  get size(): number {
    return this.#size;
  }

  has(item: number): boolean {
    return this.#positions[item] >= 0;
  }

  /** The key an item was last pushed or decreased with; kept after the item has left. */
  keyOf(item: number): number {
    return this.#keys[item];
  }

  /** Adds an item, or lowers its key; a key that is not lower changes nothing. Returns whether anything changed. */
  pushOrDecrease(item: number, key: number): boolean {
    let position = this.#positions[item];
    if (position === undefined) throw new Error(`Item ${item} is outside the heap's capacity of ${this.capacity}.`);
    if (position === ABSENT) position = this.#size++;
    else if (!(key < this.#keys[item])) return false;
    this.#keys[item] = key;
    this.#siftUp(item, key, position);
    return true;
  }

  /** Item with the smallest key, -1 when empty. */
  peek(): number {
    return this.#size === 0 ? ABSENT : this.#items[0];
  }

  /** Removes and returns the item with the smallest key, -1 when empty. */
  pop(): number {
    if (this.#size === 0) return ABSENT;
    const top = this.#items[0];
    this.#positions[top] = ABSENT;
    const last = this.#items[--this.#size];
    if (this.#size > 0) this.#siftDown(last);
    return top;
  }

  /** Empties the heap in time proportional to what is left in it. */
  clear(): void {
    for (let position = 0; position < this.#size; position++) this.#positions[this.#items[position]] = ABSENT;
    this.#size = 0;
  }

  #siftUp(item: number, key: number, start: number): void {
    let position = start;
    while (position > 0) {
      const parent = (position - 1) >> 2;
      const other = this.#items[parent];
      if (this.#keys[other] <= key) break;
      this.#items[position] = other;
      this.#positions[other] = position;
      position = parent;
    }
    this.#items[position] = item;
    this.#positions[item] = position;
  }

  #siftDown(item: number): void {
    const key = this.#keys[item];
    let position = 0;
    for (let child = 1; child < this.#size; child = 4 * position + 1) {
      const end = Math.min(child + 4, this.#size);
      let smallest = child;
      let smallestKey = this.#keys[this.#items[child]];
      for (let other = child + 1; other < end; other++) {
        const otherKey = this.#keys[this.#items[other]];
        if (otherKey < smallestKey) {
          smallest = other;
          smallestKey = otherKey;
        }
      }
      if (key <= smallestKey) break;
      const moved = this.#items[smallest];
      this.#items[position] = moved;
      this.#positions[moved] = position;
      position = smallest;
    }
    this.#items[position] = item;
    this.#positions[item] = position;
  }
}
