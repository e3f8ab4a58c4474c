// Carries the rules' decisions out: coupons and notifications of one batch in one transaction with the note that they were given, so
// that whatever is decided again, here or in another process, gives nothing twice; pushed when it is committed.
import { createLRU } from 'lru.min';
import { COUPON_RULES, type NotificationContent, type NotifiedCoupon } from '../contract/notifications.ts';
import type { CouponIssue, CouponToIssue, issueCoupons } from '../coupons/issue.ts';
import { pushNotifications } from '../notifications/push.ts';
import type { NewNotification, NotificationStore } from '../notifications/store.ts';
import { type Database, inTransaction } from '../platform/postgres/postgres.ts';
import type { Clock } from '../platform/settings/clock.ts';
import type { PushToCustomer } from '../platform/sockets/push.ts';
import type { Decision } from './decide.ts';
import type { Facts } from './facts.ts';
import { type Firings, nameOfDecision } from './firings.ts';
import type { RulesMetrics } from './metrics.ts';
import type { Rule, Target } from './rule.ts';

/** Rejects, with nothing given, where the database did not take it; doing it again is safe. */
export type Give = (decisions: readonly Decision[]) => Promise<void>;

/** Decisions remembered as given, so that the database is not asked at every further click. */
const REMEMBERED_MOST = 100_000;
/** What somebody else gave is looked at again after so long at most. */
const LOOK_AGAIN_MS = 10 * 60 * 1_000;

type Names = (target: Target) => string | null | undefined;

export function createGive(deps: {
  database: Database;
  firings: Pick<Firings, 'take'>;
  issueCoupons: typeof issueCoupons;
  notifications: Pick<NotificationStore, 'add'>;
  facts: Pick<Facts, 'products' | 'categories'>;
  push: PushToCustomer;
  clock: Clock;
  metrics: RulesMetrics;
}): Give {
  const cooling = createCooling();

  /** Of what a target is called; undefined where there is no such thing any more. */
  async function readNames(decisions: readonly Decision[]): Promise<Names> {
    const productIds = decisions.flatMap(({ target }) =>
      target.kind === 'product' ? [target.productId] : [],
    );
    const isAnyOfCategory = decisions.some(({ target }) => target.kind === 'category');
    const [products, categories] = await Promise.all([
      deps.facts.products([...new Set(productIds)]),
      isAnyOfCategory ? deps.facts.categories() : new Map<number, string>(),
    ]);
    const nameOfProduct = new Map(products.map(({ productId, name }) => [productId, name]));
    return (target) => {
      if (target.kind === 'all') return null;
      return target.kind === 'product'
        ? nameOfProduct.get(target.productId)
        : categories.get(target.categoryId);
    };
  }
  return async (decisions) => {
    const open = decisions.filter((decision) => !cooling.has(decision));
    if (open.length === 0) return;
    const names = await readNames(open);
    const wanted = open.filter(({ target }) => names(target) !== undefined);
    if (wanted.length === 0) return;
    const at = deps.clock.now();
    const { taken, added, stored } = await inTransaction(deps.database, async (client) => {
      const granted = await deps.firings.take(client, wanted);
      const issues = await deps.issueCoupons(client, granted.flatMap(couponOf), at);
      const contents = contentsOf(granted, issues, names);
      return {
        taken: granted,
        added: contents,
        stored: await deps.notifications.add(client, contents, at),
      };
    });
    cooling.note(wanted, taken);
    for (const { rule } of added) deps.metrics.given(rule.name);
    pushNotifications(deps.push, stored);
  };
}

function couponOf({ customerId, rule, target }: Decision): CouponToIssue[] {
  if (rule.effect.kind !== 'coupon') return [];
  const { ratio, validForMs } = rule.effect;
  const benefit = { kind: 'rate', ratio } as const;
  const name = couponName(ratio);
  return [{ customerId, of: { kind: 'rule', rule: rule.name, name, scope: target, benefit, validForMs } }];
}

const couponName = (ratio: number): string => `${Math.round(ratio * 100)} % off`;

/** @param issues of those decisions that are for a coupon, in their order. */
function contentsOf(
  granted: readonly Decision[],
  issues: readonly CouponIssue[],
  names: Names,
): (NewNotification & { rule: Rule })[] {
  let next = 0;
  return granted.flatMap((decision) => {
    const issue = decision.rule.effect.kind === 'coupon' ? issues[next++] : undefined;
    // Whoever has left the shop is not told anything.
    if (issue?.kind === 'not-issued' && issue.reason === 'unknown-customer') return [];
    const coupon = issue?.kind === 'issued' ? notifiedOf(decision, issue, names) : null;
    const content = contentOf(decision, coupon, names);
    return content === null ? [] : [{ customerId: decision.customerId, rule: decision.rule, content }];
  });
}

function notifiedOf(
  { rule, target }: Decision,
  issue: { couponId: string; definitionId: number; expiresAt: Date },
  names: Names,
): NotifiedCoupon | null {
  const { effect } = rule;
  const name = COUPON_RULES.find((one) => one === rule.name);
  if (effect.kind !== 'coupon' || name === undefined) return null;
  return {
    id: issue.couponId,
    definitionId: issue.definitionId,
    rule: name,
    name: couponName(effect.ratio),
    scope: target,
    targetName: names(target) ?? null,
    benefit: { kind: 'rate', ratio: effect.ratio },
    expiresAt: issue.expiresAt.toISOString(),
  };
}

/** null: there is nothing to tell, as of a coupon that somebody has already. */
function contentOf(
  { rule: { effect }, target, moment }: Decision,
  coupon: NotifiedCoupon | null,
  names: Names,
): NotificationContent | null {
  const product =
    target.kind === 'product' ? { productId: target.productId, productName: names(target) ?? '' } : null;
  if (effect.kind === 'alert')
    return product === null || moment.kind !== 'stock-seen'
      ? null
      : { kind: 'stock-low', ...product, stockCount: moment.stockCount };
  if (effect.kind === 'coupon' && effect.alert === 'cart-reminder')
    return product === null ? null : { kind: 'cart-reminder', ...product, coupon };
  return coupon === null ? null : { kind: 'coupon-issued', coupon };
}

/** What was given lately, so that what still holds at every further click is not asked of the database each time. */
function createCooling() {
  const freeAtMs = createLRU<string, number>({ max: REMEMBERED_MOST });
  return {
    has: (decision: Decision): boolean => (freeAtMs.get(nameOfDecision(decision)) ?? 0) > decision.atMs,
    note(wanted: readonly Decision[], taken: readonly Decision[]): void {
      for (const decision of wanted) {
        const againMs = Math.min(decision.freeAtMs, decision.atMs + LOOK_AGAIN_MS);
        freeAtMs.set(nameOfDecision(decision), againMs);
      }
      for (const decision of taken) freeAtMs.set(nameOfDecision(decision), decision.freeAtMs);
    },
  };
}
