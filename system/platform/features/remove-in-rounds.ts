// Lets go of what is not kept any more in statements that hold their locks for milliseconds, however long nobody swept. Several
// processes may do so at the same time.

const REMOVED_AT_ONCE = 2_000;
/** Of one sweep; the next goes on. */
const ROUNDS_MOST = 200;

/** @param remove lets at most `count` go and gives how many there were. Gives how many went; rejects as it does. */
export async function removeInRounds(remove: (count: number) => Promise<number>): Promise<number> {
  let removedCount = 0;
  for (let round = 0, count = REMOVED_AT_ONCE; round < ROUNDS_MOST && count === REMOVED_AT_ONCE; round++) {
    count = await remove(REMOVED_AT_ONCE);
    removedCount += count;
  }
  return removedCount;
}
