// Which actions of the behaviour log a step of a shopper yields. Pure: ids and times are given to them where they are told.
import type { BehaviourReport } from '../../../system/contract/behaviour.ts';
import type { Step } from '../../shopper/state/steps.ts';

/** An action without its id. */
export type Deed = Pick<BehaviourReport, 'action' | 'target'>;

export type StepActions = {
  /** Done by taking the step, whatever the shop answers. */
  acting: readonly Deed[];
  /** Done once the shop has done the step: there is no cart line, order or cancellation before. */
  done: readonly Deed[];
};

/** What a step's actions may need to know of the visit. */
export type ActedSoFar = {
  /** The step before this one; null for the first. */
  lastStep: Step | null;
  /** Of the order that was placed last. */
  orderedProductIds: readonly number[];
  /** The type of coupon that it was placed with; null for none. */
  usedCouponType: number | null;
};

type StepOf<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;
type ActionsOfKinds = {
  readonly [Kind in Step['kind']]: (step: StepOf<Kind>, soFar: ActedSoFar) => StepActions;
};

const nothing: StepActions = { acting: [], done: [] };
const none = () => nothing;

const on = (action: Deed['action'], productId: number): Deed => ({
  action,
  target: { type: 'product', id: productId },
});
const useOf = (couponType: number): Deed => ({
  action: 'coupon-use',
  target: { type: 'coupon', id: couponType },
});
const acting = (...deeds: Deed[]): StepActions => ({ acting: deeds, done: [] });
const done = (...deeds: Deed[]): StepActions => ({ acting: [], done: deeds });

const ACTIONS: ActionsOfKinds = {
  arrive: none,
  home: none,
  // Another page or order of the list at hand is no new entering, nor is it a new search.
  list: ({ categoryId }, { lastStep }) =>
    lastStep?.kind === 'list' && lastStep.categoryId === categoryId
      ? nothing
      : acting({ action: 'click', target: { type: 'category', id: categoryId } }),
  search: ({ text }, { lastStep }) =>
    lastStep?.kind === 'search' && lastStep.text === text
      ? nothing
      : acting({ action: 'search', target: { type: 'text', text } }),
  'view-product': ({ productId, hoveredIds = [] }) =>
    acting(...hoveredIds.map((id) => on('hover', id)), on('click', productId)),
  'view-recommendations': none,
  'set-cart-line': ({ change, productId }) => done(on(change, productId)),
  'remove-cart-line': ({ productId }) => done(on('cart-cancel', productId)),
  'view-cart': none,
  'view-coupons': none,
  'place-order': none,
  // Told by itself, because its lists are waited for.
  act: none,
  'await-outcome': (_, { orderedProductIds, usedCouponType }) =>
    done(
      ...orderedProductIds.map((id) => on('order-create', id)),
      ...(usedCouponType === null ? [] : [useOf(usedCouponType)]),
    ),
  'view-orders': none,
  'cancel-order': (_, { orderedProductIds }) =>
    done(...orderedProductIds.map((id) => on('order-cancel', id))),
  leave: none,
};

/** The actions of a step; the same step once more after a failure is the same act, and adds nothing to what was done by taking it. */
export function actionsOf<Kind extends Step['kind']>(step: StepOf<Kind>, soFar: ActedSoFar): StepActions {
  const kind: Kind = step.kind;
  const actions = ACTIONS[kind](step, soFar);
  return soFar.lastStep === step ? { acting: [], done: actions.done } : actions;
}
