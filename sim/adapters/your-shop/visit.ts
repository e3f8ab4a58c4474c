// One person's visit to a shop of somebody's own: a shopper's steps as calls of the verbs that the shop's file has. A step whose verb
// is missing costs nothing, and shows what the catalogue knows.
import type { Visit } from '../../engine/shop-adapter.ts';
import type { Shown, Step, StepResult } from '../../shopper/state/steps.ts';
import { type CheckoutsOfVisit, createCheckoutsOfVisit } from './checkouts-of-visit.ts';
import type { Refusal, ShopVisit } from './define-shop.ts';
import {
  cartOf,
  catalogueList,
  homeOf,
  listOf,
  productOf,
  refusalOf,
  shownCart,
  shownHome,
  shownList,
  shownProduct,
} from './seen.ts';
import { callVerb, type VerbEnd } from './verb-calls.ts';
import type { VerbName } from './verbs.ts';
import type { VisitDeps, Visitor } from './visit-deps.ts';

const OK: StepResult = { outcome: 'ok' };
const FAILED: StepResult = { outcome: 'failed' };
const nothing = (): undefined => undefined;

/**
 * A class, because visits are many and short: its methods are shared where closures would be made anew for each. What a visit opens is
 * closed by `leave` or `abandon`.
 */
export class YourShopVisit implements Visit {
  private readonly deps: VisitDeps;
  private readonly visitor: Visitor;
  private readonly shop: ShopVisit;
  private checkouts: CheckoutsOfVisit | null = null;
  private underWay: Promise<StepResult> | null = null;
  private isOver = false;

  constructor(deps: VisitDeps, visitor: Visitor, shop: ShopVisit) {
    this.deps = deps;
    this.visitor = visitor;
    this.shop = shop;
  }

  perform(step: Step, intendedMs: number): Promise<StepResult> {
    this.underWay = this.begin(step, intendedMs);
    return this.underWay;
  }

  async abandon(): Promise<void> {
    this.checkouts?.giveUp();
    // Its requests and its verb were cut off, so that the step ends at once.
    await this.underWay;
    // A leave that was under way has looked everything up, and nothing is asked after it.
    if (this.isOver) return;
    await this.checkouts?.settled();
    this.end();
  }

  private begin(step: Step, intendedMs: number): Promise<StepResult> {
    switch (step.kind) {
      case 'arrive':
        return this.arrive(intendedMs);
      case 'home':
        return this.home(intendedMs);
      case 'list':
        return this.list(step, intendedMs);
      case 'search':
        return this.search(step, intendedMs);
      case 'view-product':
        return this.viewProduct(step, intendedMs);
      case 'set-cart-line':
        return this.setLine(step, intendedMs);
      case 'remove-cart-line':
        return this.removeLine(step, intendedMs);
      case 'view-cart':
        return this.viewCart(intendedMs);
      case 'place-order':
        return this.ordering().place(step, intendedMs);
      case 'await-outcome':
        return this.ordering().awaitOutcome();
      case 'view-orders':
        return this.ordering().view(intendedMs);
      case 'cancel-order':
        return this.ordering().cancel(intendedMs);
      case 'leave':
        return this.leave();
      case 'view-recommendations':
      case 'view-coupons':
      case 'act':
        throw new Error(`a shopper of a stranger's shop takes the step ${step.kind}, which it does not have`);
    }
  }

  private call<Given, Value>(
    verb: VerbName,
    intendedMs: number,
    run: () => Given | Promise<Given>,
    understand: (given: Given) => Value,
  ): Promise<VerbEnd<Value>> {
    return callVerb(this.deps, this.visitor.http, { verb, intendedMs, run, understand });
  }

  private async arrive(intendedMs: number): Promise<StepResult> {
    const { shop } = this;
    if (shop.arrive === undefined) return OK;
    const end = await this.call('arrive', intendedMs, () => shop.arrive?.(), nothing);
    return end.is === 'done' ? OK : FAILED;
  }

  private async home(intendedMs: number): Promise<StepResult> {
    const { shop } = this;
    const { items } = this.deps;
    if (shop.home === undefined) return showing(() => shownHome(items, undefined));
    const end = await this.call('home', intendedMs, () => shop.home?.(), homeOf);
    return end.is === 'done' ? showing(() => shownHome(items, end.value)) : FAILED;
  }

  private async list(step: Step & { kind: 'list' }, intendedMs: number): Promise<StepResult> {
    const { shop } = this;
    const { items } = this.deps;
    const { categoryId, page } = step;
    if (shop.list === undefined) return showing(() => catalogueList(items, categoryId, page));
    const category = items.categoryNameOf(categoryId);
    const end = await this.call(
      'list',
      intendedMs,
      () => shop.list?.(category, page),
      (given) => listOf('list', given),
    );
    return end.is === 'done' ? showing(() => shownList(items, end.value)) : FAILED;
  }

  private async search(step: Step & { kind: 'search' }, intendedMs: number): Promise<StepResult> {
    const { shop } = this;
    if (shop.search === undefined) return OK;
    const end = await this.call(
      'search',
      intendedMs,
      () => shop.search?.(step.text, step.page),
      (given) => listOf('search', given),
    );
    return end.is === 'done' ? showing(() => shownList(this.deps.items, end.value)) : FAILED;
  }

  private async viewProduct(step: Step & { kind: 'view-product' }, intendedMs: number): Promise<StepResult> {
    const { shop } = this;
    const { items } = this.deps;
    const item = items.itemOf(step.productId);
    const end = await this.call('product', intendedMs, () => shop.product(item), productOf);
    return end.is === 'done' ? showing(() => shownProduct(items, item, end.value)) : FAILED;
  }

  private async setLine(step: Step & { kind: 'set-cart-line' }, intendedMs: number): Promise<StepResult> {
    const { shop } = this;
    const item = this.deps.items.itemOf(step.productId);
    const end = await this.call(
      'setLine',
      intendedMs,
      () => shop.setLine(item, step.quantity),
      (given) => refusalOf('setLine', given),
    );
    return refusable(end);
  }

  private async removeLine(
    step: Step & { kind: 'remove-cart-line' },
    intendedMs: number,
  ): Promise<StepResult> {
    const { shop } = this;
    if (shop.removeLine === undefined) return OK;
    const item = this.deps.items.itemOf(step.productId);
    const end = await this.call(
      'removeLine',
      intendedMs,
      () => shop.removeLine?.(item),
      (given) => refusalOf('removeLine', given),
    );
    return refusable(end);
  }

  private async viewCart(intendedMs: number): Promise<StepResult> {
    const { shop } = this;
    if (shop.cart === undefined) return OK;
    const end = await this.call('cart', intendedMs, () => shop.cart?.(), cartOf);
    return end.is === 'done' ? showing(() => shownCart(this.deps.items, end.value)) : FAILED;
  }

  private ordering(): CheckoutsOfVisit {
    this.checkouts ??= createCheckoutsOfVisit(this.deps, this.visitor, this.shop);
    return this.checkouts;
  }

  /** Orders whose end is open keep the shopper until their deadline; those that stand are looked up for the audit. */
  private async leave(): Promise<StepResult> {
    if (this.checkouts !== null) await this.checkouts.settled();
    this.end();
    return OK;
  }

  private end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.visitor.http.ends();
    this.checkouts?.report();
  }
}

const showing = (read: () => Shown | null): StepResult => ({ outcome: 'ok', shown: read });

function refusable(end: VerbEnd<Refusal | undefined>): StepResult {
  if (end.is === 'failed') return FAILED;
  return end.value === undefined ? OK : { outcome: 'refused', reason: end.value.because };
}
