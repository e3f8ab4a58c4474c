// A binary heap of callbacks by the time they are due; equal times come out in the order they went in.

type Due = { atMs: number; order: number; run: () => void };

export type DueHeap = {
  push(atMs: number, run: () => void): void;
  /** Time of the earliest entry, Infinity when there is none. */
  nextMs(): number;
  /** Takes the earliest entry out. Throws when there is none. */
  pop(): () => void;
  clear(): void;
};

const isBefore = (a: Due, b: Due): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/** Makes an empty heap. */
export function createDueHeap(): DueHeap {
  const heap: Due[] = [];
  let pushedCount = 0;

  function place(due: Due, from: number): void {
    let index = from;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex] as Due;
      if (!isBefore(due, parent)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = due;
  }

  function sink(due: Due): void {
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      let child = heap[childIndex];
      if (child === undefined) break;
      const right = heap[childIndex + 1];
      if (right !== undefined && isBefore(right, child)) {
        child = right;
        childIndex += 1;
      }
      if (!isBefore(child, due)) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = due;
  }

  return {
    push(atMs, run) {
      place({ atMs, order: pushedCount++, run }, heap.length);
    },
    nextMs: () => heap[0]?.atMs ?? Number.POSITIVE_INFINITY,
    pop() {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined)
        throw new Error('pop from an empty heap of due callbacks');
      if (heap.length > 0) sink(last);
      return first.run;
    },
    clear() {
      heap.length = 0;
    },
  };
}
