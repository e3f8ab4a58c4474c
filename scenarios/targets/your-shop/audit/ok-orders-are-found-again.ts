import type { CheckoutAttempt } from '../../../../sim/adapters/your-shop/attempts.ts';
import { Broken, type CheckoutRule, checkoutText, linesKey, linesText } from './checkout-rule.ts';

/** Sums in fractions of a currency do not come back to the last digit. */
const SAME_TOTAL = 0.005;

export const okOrdersAreFoundAgain: CheckoutRule = {
  name: 'ok-orders-are-found-again',
  claim:
    'Every order that a shopper was told of is found again, with the lines that were in the cart and the total that was shown.',
  begin({ verbs }) {
    if (!verbs.includes('order') && !verbs.includes('orders')) return null;
    const broken = new Broken();
    return {
      see(checkout) {
        if (checkout.end !== 'ok') return;
        broken.checkedCount += 1;
        const violation = violationOf(checkout);
        if (violation !== null) broken.add(`${checkoutText(checkout)}: ${violation}`);
      },
      found: () => broken,
    };
  },
};

function violationOf({ found, lines, totalShown, cancel }: CheckoutAttempt): string | null {
  if (found === null) return 'the shop did not answer when it was looked up';
  if (found === 'missing') return 'the shop says that there is none';
  if (linesKey(found.lines) !== linesKey(lines))
    return `holds ${linesText(found.lines)}; asked for: ${linesText(lines)}`;
  if (found.total !== null && totalShown !== null && Math.abs(found.total - totalShown) >= SAME_TOTAL)
    return `comes to ${found.total}; the shopper was shown ${totalShown}`;
  return found.state === 'cancelled' && cancel === null ? 'is cancelled, and nobody cancelled it' : null;
}
