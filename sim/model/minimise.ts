// Finds where a function of a few parameters is smallest, without derivatives: what the refits of published laws need.

export type Minimum = { at: number[]; value: number };

const REFLECT = 1;
const EXPAND = 2;
const CONTRACT = 0.5;
const SHRINK = 0.5;

/**
 * The downhill simplex of Nelder and Mead (1965) from a starting point with steps of `step` in every direction, until
 * the values of the simplex differ by less than `tolerance` or after `mostRounds`.
 */
export function minimise(
  of: (point: readonly number[]) => number,
  start: readonly number[],
  { step = 0.2, tolerance = 1e-9, mostRounds = 2_000 } = {},
): Minimum {
  const at = (point: number[]): Minimum => ({ at: point, value: of(point) });
  const simplex = [start.slice(), ...start.map((_, i) => start.map((x, j) => (i === j ? x + step : x)))].map(
    at,
  );
  for (let round = 0; round < mostRounds; round += 1) {
    simplex.sort((a, b) => a.value - b.value);
    const best = simplex[0] as Minimum;
    const worst = simplex.at(-1) as Minimum;
    const secondWorst = simplex.at(-2) as Minimum;
    if (worst.value - best.value < tolerance * (Math.abs(best.value) + tolerance)) return best;
    const others = simplex.slice(0, -1);
    const centre = start.map((_, i) => others.reduce((sum, { at }) => sum + (at[i] ?? 0), 0) / others.length);
    const along = (factor: number): Minimum =>
      at(centre.map((x, i) => x + factor * (x - (worst.at[i] ?? 0))));
    const reflected = along(REFLECT);
    if (reflected.value < best.value) {
      const expanded = along(EXPAND);
      simplex[simplex.length - 1] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < secondWorst.value) simplex[simplex.length - 1] = reflected;
    else {
      const contracted = along(-CONTRACT);
      if (contracted.value < worst.value) simplex[simplex.length - 1] = contracted;
      else for (let i = 1; i < simplex.length; i += 1) simplex[i] = at(towards(best, simplex[i] as Minimum));
    }
  }
  return simplex.sort((a, b) => a.value - b.value)[0] as Minimum;
}

function towards(best: Minimum, other: Minimum): number[] {
  return best.at.map((x, i) => x + SHRINK * ((other.at[i] ?? 0) - x));
}
