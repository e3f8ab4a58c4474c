// What an audit rule is where no database can be asked: a claim in one sentence, held against what shoppers were told and what the
// shop gives back. All rules see every checkout once, as the file of attempts is read; none holds more than an entry for each.
import type { AuditFinding } from '../../../../reports/record/result.ts';
import type { CheckoutAttempt } from '../../../../sim/adapters/your-shop/attempts.ts';
import type { SeenLine, ShopOrder } from '../../../../sim/adapters/your-shop/define-shop.ts';
import type { VerbName } from '../../../../sim/adapters/your-shop/verbs.ts';
import { MAX_LISTED_VIOLATIONS } from '../../../audit/rules/rule.ts';

export type Stock = Readonly<Record<string, number>>;

/** What the shop gives back once the load is over. */
export type ShopFacts = {
  verbs: readonly VerbName[];
  /** Orders that it did not have before the run, of whoever placed them; null where it does not tell. */
  newOrders: readonly ShopOrder[] | null;
  /** Pieces that could be sold before the run and after it; null where it does not tell. */
  stock: { before: Stock; after: Stock } | null;
};

export type RuleUnderWay = {
  see(checkout: CheckoutAttempt): void;
  /** Once all were seen. */
  found(): Broken;
};

export type CheckoutRule = {
  name: string;
  /** In the words of a reader of the page. */
  claim: string;
  /** Null where the shop does not tell what it needs. */
  begin(facts: ShopFacts): RuleUnderWay | null;
};

/** Counts what breaks a rule; keeps the first in words. */
export class Broken {
  checkedCount = 0;
  violationCount = 0;
  readonly violations: string[] = [];

  add(violation: string): void {
    this.violationCount += 1;
    if (this.violations.length < MAX_LISTED_VIOLATIONS) this.violations.push(violation);
  }
}

export function findingOf({ name, claim }: CheckoutRule, broken: Broken): AuditFinding {
  const { checkedCount, violationCount, violations } = broken;
  return { rule: name, claim, ok: violationCount === 0, checkedCount, violationCount, violations };
}

/** Pieces of each item, whatever lines they are in. */
export function piecesOf(lines: readonly Pick<SeenLine, 'id' | 'quantity'>[]): Map<string, number> {
  const pieces = new Map<string, number>();
  for (const { id, quantity } of lines) pieces.set(id, (pieces.get(id) ?? 0) + quantity);
  return pieces;
}

/** The same for the same pieces of the same items, in whatever order. */
export function linesKey(lines: readonly Pick<SeenLine, 'id' | 'quantity'>[]): string {
  return JSON.stringify([...piecesOf(lines)].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** "2 × A, 1 × B". */
export function linesText(lines: readonly Pick<SeenLine, 'id' | 'quantity'>[]): string {
  return lines.length === 0
    ? 'nothing'
    : [...piecesOf(lines)].map(([id, count]) => `${count} × ${id}`).join(', ');
}

/** "checkout 7f3… (order 12)". */
export function checkoutText({ checkoutId, orderId }: CheckoutAttempt): string {
  return `checkout ${checkoutId}${orderId === null ? '' : ` (order ${orderId})`}`;
}

export const stands = ({ state = 'stands' }: ShopOrder): boolean => state === 'stands';
