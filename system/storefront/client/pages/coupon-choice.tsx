// Which coupon an order is placed with: the best one is proposed, any other or none can be chosen.
import type { CouponQuotes } from '../../../contract/coupons.ts';
import { texts } from '../language/language.ts';
import { dateAndTime, won } from '../shared/format.ts';

export type Quote = CouponQuotes['quotes'][number];

type ChoiceProps = {
  quotes: readonly Quote[];
  chosen: Quote | null;
  choose: (quote: Quote | null) => void;
};

export function CouponChoice({ quotes, chosen, choose }: ChoiceProps) {
  const { checkout, coupons } = texts();
  if (quotes.length === 0) return null;
  return (
    <fieldset>
      <legend>{checkout.coupon}</legend>
      {quotes.map((quote, index) => (
        <label key={quote.couponId} class="choice">
          <input
            type="radio"
            name="coupon"
            checked={chosen?.couponId === quote.couponId}
            onChange={() => choose(quote)}
          />
          <span class="grow">
            {quote.name}
            <small>
              {index === 0 && quotes.length > 1 && `${checkout.best} · `}
              {coupons.until(dateAndTime(quote.expiresAt))}
            </small>
          </span>
          <strong>{won(-quote.discountKrw)}</strong>
        </label>
      ))}
      <label class="choice">
        <input type="radio" name="coupon" checked={chosen === null} onChange={() => choose(null)} />
        {checkout.noCoupon}
      </label>
    </fieldset>
  );
}
