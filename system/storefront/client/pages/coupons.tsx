// One's coupons, newest first: what each takes off, of what, until when, and what became of it.
import type { CouponList, CouponView } from '../../../contract/coupons.ts';
import { texts } from '../language/language.ts';
import { CouponCount } from '../shared/counted.tsx';
import { benefitText, couponLink, scopeText } from '../shared/coupon-words.ts';
import { dateAndTime } from '../shared/format.ts';
import { Pager, pageOf } from '../shared/pager.tsx';
import { link } from '../shared/route.ts';
import type { Page } from '../shared/view.ts';

function Way({ coupon }: { coupon: CouponView }) {
  const { coupons, checkout } = texts();
  if (coupon.state === 'usable') return <a href={couponLink(coupon)}>{coupons.use}</a>;
  return coupon.orderId === null ? <span /> : <a href={`#/orders/${coupon.orderId}`}>{checkout.seeOrder}</a>;
}

function Coupon({ coupon }: { coupon: CouponView }) {
  const { coupons } = texts();
  return (
    <li class={`coupon ${coupon.state}`}>
      <p class="benefit">{benefitText(coupon)}</p>
      <div class="what">
        <p class="of" lang={coupon.targetName === null ? undefined : 'ko'}>
          {scopeText(coupon)}
        </p>
        <p>{coupon.name}</p>
        <p>{coupons.until(dateAndTime(coupon.expiresAt))}</p>
        <CouponCount definitionId={coupon.definitionId} />
      </div>
      <span class={`state ${coupon.state}`}>{coupons.states[coupon.state]}</span>
      <Way coupon={coupon} />
    </li>
  );
}

function Coupons({ items }: Pick<CouponList, 'items'>) {
  if (items.length === 0) return <p class="nothing">{texts().coupons.none}</p>;
  return (
    <ul class="coupons">
      {items.map((coupon) => (
        <Coupon key={coupon.id} coupon={coupon} />
      ))}
    </ul>
  );
}

export const couponsPage: Page = async ({ query }, { api }) => {
  const page = pageOf(query);
  const { items, hasNext } = await api.coupons(new URLSearchParams({ page: String(page) }));
  const { coupons, orders } = texts();
  const { title } = coupons;
  return {
    title,
    body: (
      <>
        <h1>{title}</h1>
        <Coupons items={items} />
        <Pager
          page={page}
          hasNext={hasNext}
          to={(target) => link('/coupons', { page: target })}
          before={orders.newer}
          after={orders.older}
        />
      </>
    ),
  };
};
