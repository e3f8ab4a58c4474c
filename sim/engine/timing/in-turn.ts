// One thing after the other, again and again: how load is spread over processes that are all alike.

/**
 * Gives the items in turn, the first again after the last.
 * @throws RangeError when there is none
 */
export function inTurn<Item>(items: readonly Item[]): () => Item {
  let next = 0;
  return () => {
    const item = items[next % items.length];
    if (item === undefined) throw new RangeError('found no item to take in turn, needed at least one');
    next += 1;
    return item;
  };
}
