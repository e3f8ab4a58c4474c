// Which variant of one run stands beside which of the other: those of the same name and level; two runs of one variant
// each are set beside each other whatever its name.
import { type CellId, variantKey } from '../record/names.ts';
import type { Sides, VariantSide } from './compare-sides.ts';
import type { LabelledResult } from './compared-run.ts';

export type VariantPair = Sides<VariantSide> & {
  title: string;
  level: string | null;
  baselineVariant: string;
  candidateVariant: string;
};

type Variant = Omit<CellId, 'block'> & { key: string; run: LabelledResult };

/** `unpaired` says in a sentence each which variants stand in one run only. */
export function pairVariants(
  baseline: LabelledResult,
  candidate: LabelledResult,
): { pairs: VariantPair[]; unpaired: string[] } {
  const before = variantsOf(baseline);
  const after = variantsOf(candidate);
  const [onlyBefore, onlyAfter] = [[...before.values()][0], [...after.values()][0]];
  if (before.size === 1 && after.size === 1 && onlyBefore !== undefined && onlyAfter !== undefined)
    return { pairs: [pairOf(onlyBefore, onlyAfter)], unpaired: [] };
  const pairs = [...before].flatMap(([key, variant]) => {
    const other = after.get(key);
    return other === undefined ? [] : [pairOf(variant, other)];
  });
  const only = (own: Map<string, Variant>, others: Map<string, Variant>, label: string) => {
    const keys = [...own.keys()].filter((key) => !others.has(key));
    return keys.length === 0 ? [] : [`Variants in ${label} only: ${keys.join(', ')}.`];
  };
  return {
    pairs,
    unpaired: [...only(before, after, baseline.label), ...only(after, before, candidate.label)],
  };
}

function variantsOf(run: LabelledResult): Map<string, Variant> {
  const { cells, variants } = run.result;
  return new Map(
    Object.keys(variants).map((key) => {
      const { variant, level } = cells.find((cell) => variantKey(cell) === key) ?? {
        variant: key,
        level: null,
      };
      return [key, { key, run, variant, level }];
    }),
  );
}

function pairOf(before: Variant, after: Variant): VariantPair {
  const isSameLevel = before.level === after.level;
  return {
    title: before.key === after.key ? before.key : `${after.key} beside ${before.key}`,
    level: isSameLevel ? before.level : null,
    baseline: { run: before.run, key: before.key },
    candidate: { run: after.run, key: after.key },
    baselineVariant: isSameLevel ? before.variant : before.key,
    candidateVariant: isSameLevel ? after.variant : after.key,
  };
}
