// The order of the variants within a block. What comes first in a block meets a colder machine, and what follows a
// greedy neighbour meets its leftovers, so places and neighbours are both shared out evenly.

/** 0, 1, k−1, 2, k−2, …: a zigzag whose cyclic shifts put every item directly behind every other (Williams 1949). */
function zigzag(count: number): number[] {
  return Array.from({ length: count }, (_, place) =>
    place % 2 === 1 ? (place + 1) / 2 : (count - place / 2) % count,
  );
}

/**
 * The variants in the order in which the given block (from 0) runs them. Over any k blocks in a row from a multiple of
 * k, k being the number of variants, each variant stands once in each place. Over k blocks (k even) or 2k blocks
 * (k odd, where the second half runs mirrored) each variant also directly follows each other one equally often.
 */
export function rotateVariants<Variant>(variants: readonly Variant[], block: number): Variant[] {
  if (!Number.isInteger(block) || block < 0)
    throw new RangeError(`block is ${block}; need a whole number ≥ 0`);
  const count = variants.length;
  const isMirrored = count % 2 === 1 && Math.floor(block / count) % 2 === 1;
  const order = zigzag(count).flatMap((place) => variants.slice((place + block) % count).slice(0, 1));
  return isMirrored ? order.reverse() : order;
}
