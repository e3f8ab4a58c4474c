// What became of the last pieces, in one sentence: "Oversold: 7 of 5 pieces", "Held: 5 of 5".
import { countOf } from '../../reports/format/format.ts';
import type { AuditFinding, RunResult } from '../../reports/record/result.ts';
import { isKnownOfLastUnits } from '../../reports/words/last-units-known.ts';

/** Null where nobody wanted the last pieces of anything. */
export function lastUnitsText(variants: RunResult['variants']): string | null {
  const found = Object.values(variants)
    .flatMap(({ audit }) => audit)
    .find((finding) => finding.lastUnits !== undefined);
  return found?.lastUnits === undefined ? null : sentence(found.lastUnits);
}

function sentence(about: NonNullable<AuditFinding['lastUnits']>): string {
  const { itemName, pieceCount, soldCount, shopperCount, toldNoCount, unheardCount } = about;
  const kept = isKnownOfLastUnits(about) ? 'Held' : 'Not known';
  const verdict = soldCount > pieceCount ? 'Oversold' : kept;
  const left = pieceCount - soldCount;
  const others = [
    `${toldNoCount} were told no`,
    ...(unheardCount > 0 ? [`${unheardCount} never heard`] : []),
    ...(left > 0 && toldNoCount > 0 ? [`${countOf(left, 'piece')} stayed unsold`] : []),
  ];
  const wanted = `${countOf(shopperCount, 'shopper')} wanted “${itemName}” at once`;
  return `${verdict}: ${soldCount} of ${countOf(pieceCount, 'piece')}, ${others.join(', ')} (${wanted}).`;
}
