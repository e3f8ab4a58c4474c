// Counts by name, added name by name.

/** A name that only some of them have counts as 0 in the others. */
export function addUp<Counts extends Readonly<Partial<Record<string, number>>>>(
  all: readonly Counts[],
): { [Name in keyof Counts]: number } {
  const sums: Record<string, number> = {};
  for (const counts of all)
    for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + (count ?? 0);
  return sums as { [Name in keyof Counts]: number };
}
