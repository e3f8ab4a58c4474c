// Working through a list with a bounded number of items under way.

/** Runs `work` for every item, at most `atOnceCount` at a time; the first failure ends it. */
export async function forEachBounded<T>(
  items: readonly T[],
  atOnceCount: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  let hasFailed = false;
  async function lane(): Promise<void> {
    while (next < items.length && !hasFailed) {
      const index = next++;
      try {
        await work(items[index] as T, index);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnceCount, items.length) }, lane));
}
