// How time grows with work, from two measurements.

export type Measured = { rowCount: number; seconds: number };

/** b of seconds = a · rows^b through both: 1 where time grows with the rows, 2 where with their square. */
export function growthExponent(small: Measured, large: Measured): number {
  return Math.log(large.seconds / small.seconds) / Math.log(large.rowCount / small.rowCount);
}
