// What became of the last pieces of one item that everybody wanted, in the words of a shop: alike on page and terminal.
import { countOf, formatNumber } from '../format/format.ts';
import type { AuditFinding, RunResult } from '../record/result.ts';
import { isKnownOfLastUnits } from './last-units-known.ts';

export type LastUnits = NonNullable<AuditFinding['lastUnits']>;

/** Null where nobody wanted the last pieces of anything. */
export function lastUnitsOf(variants: RunResult['variants']): LastUnits | null {
  const findings = Object.values(variants).flatMap(({ audit }) => audit);
  return findings.find((finding) => finding.lastUnits !== undefined)?.lastUnits ?? null;
}

/** "Yes: no piece was sold twice", "No: 2 pieces were sold that there were not", "Not known: …"; without a full stop. */
export function lastUnitsVerdict(about: LastUnits): string {
  const beyond = about.soldCount - about.pieceCount;
  if (!isKnownOfLastUnits(about)) return 'Not known: too many shoppers never heard';
  if (beyond <= 0) return 'Yes: no piece was sold twice';
  return `No: ${countOf(beyond, 'piece')} ${beyond === 1 ? 'was' : 'were'} sold that there ${beyond === 1 ? 'was' : 'were'} not`;
}

/** "100 shoppers wanted “Lamp” at once: 5 of 5 pieces were sold, 95 shoppers were told no." */
export function lastUnitsSentence(about: LastUnits): string {
  const { itemName, pieceCount, soldCount, shopperCount, toldNoCount, unheardCount } = about;
  const left = pieceCount - soldCount;
  const sold =
    left < 0
      ? `${formatNumber(soldCount)} pieces were sold where there ${pieceCount === 1 ? 'was' : 'were'} ${formatNumber(pieceCount)}`
      : `${formatNumber(soldCount)} of ${countOf(pieceCount, 'piece')} ${soldCount === 1 ? 'was' : 'were'} sold`;
  const shoppersWere = (count: number) => `${countOf(count, 'shopper')} ${count === 1 ? 'was' : 'were'}`;
  const parts = [
    sold,
    toldNoCount === 0 ? 'nobody was told no' : `${shoppersWere(toldNoCount)} told no`,
    ...(unheardCount > 0 ? [`${formatNumber(unheardCount)} never heard`] : []),
    ...(left > 0 && toldNoCount > 0 ? [`${countOf(left, 'piece')} stayed unsold`] : []),
  ];
  return `${countOf(shopperCount, 'shopper')} wanted “${itemName}” at once: ${parts.join(', ')}.`;
}
