// Solves a few linear equations, as many as unknowns, by elimination with row exchange.

/** Each row is its coefficients followed by its right-hand side. Null when the equations do not settle the unknowns. */
export function solveEquations(rows: readonly (readonly number[])[]): number[] | null {
  const [pivot] = rows.toSorted(([a = 0], [b = 0]) => Math.abs(b) - Math.abs(a));
  if (pivot === undefined) return [];
  const [lead = 0, ...pivotRest] = pivot;
  if (lead === 0 || !Number.isFinite(lead)) return null;
  const reduced = rows
    .filter((row) => row !== pivot)
    .map(([first = 0, ...rest]) => rest.map((value, i) => value - (first / lead) * (pivotRest[i] ?? 0)));
  const others = solveEquations(reduced);
  if (others === null) return null;
  const known = others.reduce((sum, value, i) => sum + value * (pivotRest[i] ?? 0), 0);
  return [((pivotRest.at(-1) ?? 0) - known) / lead, ...others];
}
