// Whether it is known what became of the last pieces of an item.
import type { AuditFinding } from '../record/result.ts';

type LastUnits = NonNullable<AuditFinding['lastUnits']>;

/**
 * Not where pieces are left and so many shoppers never heard that they may have bought more than there are: the crush had no end, so
 * it held for nobody.
 */
export const isKnownOfLastUnits = ({ pieceCount, soldCount, unheardCount }: LastUnits): boolean =>
  soldCount >= pieceCount || soldCount + unheardCount <= pieceCount;
