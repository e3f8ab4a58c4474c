// Which variant of one run stands beside which of the other: those of the same name and level; two runs of one variant
// each are set beside each other whatever its name.
import { type CellId, variantKey } from '../record/names.ts';
import type { LabelledRun } from './compared-run.ts';

export type VariantPair = {
  title: string;
  level: string | null;
  baselineKey: string;
  candidateKey: string;
  baselineVariant: string;
  candidateVariant: string;
};

type Variant = Omit<CellId, 'block'>;

/** `unpaired` says in a sentence each which variants stand in one run only. */
export function pairVariants(
  baseline: LabelledRun,
  candidate: LabelledRun,
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

function variantsOf({ result }: LabelledRun): Map<string, Variant> {
  return new Map(
    result.cells.map(({ variant, level }) => [variantKey({ variant, level }), { variant, level }]),
  );
}

function pairOf(before: Variant, after: Variant): VariantPair {
  const [baselineKey, candidateKey] = [variantKey(before), variantKey(after)];
  const isSameLevel = before.level === after.level;
  return {
    title: baselineKey === candidateKey ? baselineKey : `${candidateKey} beside ${baselineKey}`,
    level: isSameLevel ? before.level : null,
    baselineKey,
    candidateKey,
    baselineVariant: isSameLevel ? before.variant : baselineKey,
    candidateVariant: isSameLevel ? after.variant : candidateKey,
  };
}
