// One person's visit to our shop: a shopper's steps sent as the requests of requests-of.ts, the socket, and the answers as step
// results.
import type { Visit } from '../../engine/shop-adapter.ts';
import type { HttpResult } from '../../engine/transport/http-client.ts';
import type { Step, StepResult } from '../../shopper/state/steps.ts';
import { type ActedSoFar, actionsOf, type Deed } from './actions-of.ts';
import { type ActsOfVisit, createActsOfVisit } from './acts-of-visit.ts';
import type { OurShopHooks } from './attempts.ts';
import { BehaviourOfVisit } from './behaviour-of-visit.ts';
import type { MeasuredRequests, RequestDeps } from './measured-requests.ts';
import { createOrdersOfVisit, type OrdersOfVisit } from './orders-of-visit.ts';
import { PagesOfVisit } from './pages-of-visit.ts';
import { lookAtPushed, type ProductOf } from './pushed-lists.ts';
import { stepResultOf } from './request-verdict.ts';
import { requestsOf, type ShopRequest, type StepRequests, type VisitSoFar } from './requests-of.ts';
import { socketOwner } from './socket-owner.ts';
import type { OpenSocket, ShopSocket } from './sockets.ts';

export type VisitDeps = RequestDeps &
  Omit<OurShopHooks, 'measures'> & {
    requests: MeasuredRequests;
    openSocket: OpenSocket;
    /** The socket of somebody who stands ready with one, who opens no other; null for everybody else. */
    borrowSocket: (personId: number) => ShopSocket | null;
    credentialsOf: (personId: number) => { email: string; password: string };
    productOf: ProductOf;
    newOrderId: () => string;
    newActionId: () => string;
    /** Whether the shop is told what people do, beside what they ask of it. */
    sendsActions: boolean;
    actionsGatherMs: number;
    /** Whether pages show live counters, which the shop is asked for. */
    watchesCounters: boolean;
    outcomeDeadlineMs: number;
  };

const OK: StepResult = { outcome: 'ok' };
const FAILED: StepResult = { outcome: 'failed' };

/**
 * A class, because visits are many and short: its methods are shared where closures would be made anew for each. What a
 * visit opens is closed by `leave` or `abandon`.
 */
export class OurShopVisit implements Visit, VisitSoFar {
  private readonly deps: VisitDeps;
  private readonly personId: number;
  private socket: ShopSocket | null = null;
  private orders: OrdersOfVisit | null = null;
  private acts: ActsOfVisit | null = null;
  private behaviour: BehaviourOfVisit | null = null;
  private pages: PagesOfVisit | null = null;
  private acted: ActedSoFar = { lastStep: null, orderedProductIds: [], usedCouponType: null };
  private underWay: Promise<StepResult> | null = null;
  private isOver = false;

  constructor(deps: VisitDeps, personId: number) {
    this.deps = deps;
    this.personId = personId;
  }

  orderId(): string {
    if (this.orders === null) throw new Error('a shopper speaks of an order without having placed one');
    return this.orders.lastId();
  }

  credentials(): { email: string; password: string } {
    return this.deps.credentialsOf(this.personId);
  }

  perform(step: Step, intendedMs: number): Promise<StepResult> {
    const { sendsActions, watchesCounters } = this.deps;
    const result = sendsActions ? this.act(step, intendedMs) : this.begin(step, intendedMs);
    this.underWay = watchesCounters ? result.then((ended) => this.turn(step, ended)) : result;
    return this.underWay;
  }

  /** Tells of the step beside doing it, and never holds it up. */
  private act(step: Step, intendedMs: number): Promise<StepResult> {
    if (step.kind === 'place-order')
      this.acted = {
        ...this.acted,
        orderedProductIds: step.lines.map(({ productId }) => productId),
        usedCouponType: step.coupon?.definitionId ?? null,
      };
    const { acting, done } = actionsOf(step, this.acted);
    this.acted = { ...this.acted, lastStep: step };
    this.tell(acting);
    const result = this.begin(step, intendedMs);
    if (done.length === 0) return result;
    return result.then((ended) => {
      if (ended.outcome === 'ok') this.tell(done);
      return ended;
    });
  }

  private turn(step: Step, ended: StepResult): StepResult {
    if (this.isOver) return ended;
    this.pages ??= new PagesOfVisit(() => this.socket);
    return this.pages.turn(step, ended);
  }

  private tell(deeds: readonly Deed[]): void {
    if (deeds.length === 0) return;
    const { deps, personId } = this;
    this.behaviour ??= new BehaviourOfVisit({
      ...deps,
      gatherMs: deps.actionsGatherMs,
      personId,
      socket: () => this.socket,
    });
    this.behaviour.tell(deeds);
  }

  private begin(step: Step, intendedMs: number): Promise<StepResult> {
    switch (step.kind) {
      case 'arrive':
        return this.arrive(step, intendedMs);
      case 'place-order':
        this.orders ??= this.beginOrders();
        return this.orders.place(step, intendedMs);
      case 'await-outcome':
        return this.placed().awaitOutcome();
      case 'cancel-order':
        return this.placed().cancel(step, intendedMs);
      case 'act':
        this.acts ??= this.beginActs();
        return this.acts.act(step, intendedMs);
      case 'view-recommendations':
        return this.lookAtList(step, intendedMs);
      case 'leave':
        return this.leave();
      default:
        return this.ask(requestsOf(step, this), intendedMs);
    }
  }

  async abandon(): Promise<void> {
    this.acts?.giveUp();
    this.behaviour?.giveUp();
    await this.orders?.ask();
    // With its orders decided and its requests cut off the step ends at once; what it measures must not come too late.
    await this.underWay;
    await this.behaviour?.settled();
    this.end();
  }

  /** Sends one request with the person's token. */
  private send(request: ShopRequest, intendedMs: number): Promise<HttpResult> {
    return this.deps.requests.send(this.personId, request, intendedMs);
  }

  private ask({ requests, shown }: StepRequests, intendedMs: number): Promise<StepResult> {
    const [first, ...others] = requests;
    if (first === undefined) return Promise.resolve(OK);
    if (others.length === 0) {
      return this.send(first, intendedMs).then((result) => stepResultOf([result], shown));
    }
    return Promise.all(requests.map((request) => this.send(request, intendedMs))).then((results) =>
      stepResultOf(results, shown),
    );
  }

  /** What was pushed is on the screen already; only where nothing came is it asked for. */
  private lookAtList(step: Step & { kind: 'view-recommendations' }, intendedMs: number): Promise<StepResult> {
    const pushed = this.socket?.acts.newestList(step.list) ?? null;
    const looked = pushed === null ? null : lookAtPushed(pushed, this.deps.productOf);
    if (looked === null) return this.ask(requestsOf(step, this), intendedMs);
    this.deps.measures.count('pushedListsLookedAt');
    return Promise.resolve(looked);
  }

  private beginOrders(): OrdersOfVisit {
    const { deps, personId } = this;
    return createOrdersOfVisit({
      ...deps,
      personId,
      credentials: () => this.credentials(),
      socket: () => this.socket,
      send: (request, intendedMs) => this.send(request, intendedMs),
    });
  }

  private beginActs(): ActsOfVisit {
    return createActsOfVisit({ ...this.deps, personId: this.personId, socket: () => this.socket });
  }

  private placed(): OrdersOfVisit {
    if (this.orders === null)
      throw new Error('a shopper waits for or cancels an order without having placed one');
    return this.orders;
  }

  private async arrive(step: Step & { kind: 'arrive' }, intendedMs: number): Promise<StepResult> {
    const { deps, personId } = this;
    const { requests, sessions } = deps;
    const [signIn] = requestsOf(step, this).requests;
    if (signIn !== undefined) {
      const result = await requests.signIn(personId, signIn, intendedMs);
      if (result.kind === 'no-answer' || result.status >= 300) return FAILED;
    } else if (sessions.accessTokenOf(personId) === null && !(await requests.renew(personId))) {
      return FAILED;
    }
    if (this.isOver) return FAILED;
    this.socket = deps.borrowSocket(personId) ?? deps.openSocket(socketOwner(deps, personId, () => deps));
    return OK;
  }

  /** Actions under way and orders whose fate is open keep the socket until their deadline: the shopper stays, as it were, on the page. */
  private async leave(): Promise<StepResult> {
    await this.behaviour?.settled();
    if (this.orders !== null) await this.orders.settled();
    this.end();
    return OK;
  }

  private end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.socket?.close();
    this.orders?.report();
  }
}
