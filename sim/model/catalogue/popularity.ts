// How sales spread over a catalogue: the law fitted to Instacart's products (docs/realism.md "Popularity"), because no
// single Zipf fits.

/** Offset, exponent and cut-off of the fitted law. */
export const POPULARITY = { offset: 4.1, exponent: 0.759, cutOff: 4.76 };

/** Weight of rank k of N: (k + 4.10)^−0.759 · e^(−4.76·k/N); `rank` may lie between two ranks. */
export function popularityWeight(rank: number, count: number): number {
  return (rank + POPULARITY.offset) ** -POPULARITY.exponent * Math.exp((-POPULARITY.cutOff * rank) / count);
}

/**
 * Shares of sales of ranks 1 … count, falling, adding up to 1.
 */
export function popularityShares(count: number): Float64Array {
  const shares = new Float64Array(count);
  let total = 0;
  for (let rank = 1; rank <= count; rank += 1) {
    const weight = popularityWeight(rank, count);
    shares[rank - 1] = weight;
    total += weight;
  }
  return shares.map((weight) => weight / total);
}
