// What coupons tell the operator; what becomes of them in orders is counted with the orders.
import { Counter, type Registry } from 'prom-client';

export type CouponMetrics = {
  /** Somebody asked what their coupons are worth. */
  quoted(): void;
  /** An operator issued so many, after the commit. */
  issued(count: number): void;
};

/** Registers the coupons' metrics. */
export function createCouponMetrics(registry: Registry): CouponMetrics {
  const counter = (name: string, help: string) => new Counter({ name, help, registers: [registry] });
  const quotes = counter(
    'shop_coupons_quotes_total',
    'Carts for which somebody asked what their coupons are worth',
  );
  const issued = counter('shop_coupons_issued_total', 'Coupons issued by operators');
  return {
    quoted: () => quotes.inc(),
    issued: (count) => issued.inc(count),
  };
}
