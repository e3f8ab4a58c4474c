// One session of a virtual shopper as a state machine without I/O: each result of a step leads to the next step. The
// same person, catalogue and stream make the same decisions.
import type { CatalogueIndex } from '../model/catalogue/catalogue-index.ts';
import type { Random } from '../model/chance/random.ts';
import type { Person } from '../model/person.ts';
import { afterCartChange, afterList, afterProduct, decideOnProduct, find } from './places/browse.ts';
import { afterPurchase, afterRefusal, cancel, placeOrder } from './places/check-out.ts';
import { BEHAVIOUR, type Behaviour } from './state/behaviour.ts';
import { drawIntent } from './state/intent.ts';
import { go, leave, type Session } from './state/session.ts';
import type { PlannedStep, Shopper, StepResult } from './state/steps.ts';

export type ShopperInput = {
  person: Person;
  catalogue: CatalogueIndex;
  /** The session's own stream: createRandom(seed, 'session', index). */
  random: Random;
  behaviour?: Behaviour;
};

/**
 * A shopper who comes once: arrive, look around, perhaps fill a cart, abandon it or buy, leave. Throws when asked to go
 * on after `leave`. A step that failed is tried once more or given up; see BEHAVIOUR for all figures.
 */
export function createShopper(input: ShopperInput): Shopper {
  const behaviour = input.behaviour ?? BEHAVIOUR;
  const session: Session = {
    ...input,
    behaviour,
    intent: drawIntent(input.person, behaviour, input.random),
    state: 'outside',
    finding: null,
    viewing: null,
    viewed: new Set(),
    productPageCount: 0,
    cart: new Map(),
    pendingChanges: [],
    cancels: input.random.chance(behaviour.checkout.cancelRatio),
    hasBought: false,
    hasRetriedOrder: false,
    lastPlanned: null,
    hasFailedBefore: false,
  };
  return {
    next(last) {
      if (last === null && session.state !== 'outside')
        throw new Error('A shopper needs the last step’s result.');
      const planned = last?.outcome === 'failed' ? recover(session) : proceed(session, last);
      session.lastPlanned = planned;
      return planned;
    },
  };
}

/** After a failed step: the same once more, or leave. A lost outcome is not waited for again but looked up. */
function recover(session: Session): PlannedStep {
  const { random, behaviour, lastPlanned } = session;
  if (session.state === 'awaiting')
    return go(session, 'looking-for-lost-order', { kind: 'view-orders' }, 'beforeRetry');
  if (lastPlanned === null || session.state === 'left')
    throw new Error('A shopper who has left takes no more steps.');
  if (session.hasFailedBefore || !random.chance(behaviour.retryRatio))
    return leave(session, 'gave-up', 'beforeRetry');
  session.hasFailedBefore = true;
  return go(session, session.state, lastPlanned.step, 'beforeRetry');
}

/** The step after one that the shop answered, with yes or no. */
function proceed(session: Session, last: StepResult | null): PlannedStep {
  const { random, behaviour, intent } = session;
  const refused = last?.outcome === 'refused';
  session.hasFailedBefore = false;
  switch (session.state) {
    case 'outside': {
      const signIn = random.chance(behaviour.passwordSignInRatio) ? 'password' : 'session';
      return go(session, 'arriving', { kind: 'arrive', signIn }, null);
    }
    case 'arriving':
      return refused ? leave(session, 'gave-up', null) : go(session, 'home', { kind: 'home' }, null);
    case 'home':
      return intent.kind === 'bounce' ? leave(session, 'bounced', 'home') : find(session, 'home');
    case 'list':
      return afterList(session);
    case 'product':
      return refused ? afterProduct(session) : decideOnProduct(session);
    case 'cart-change':
      return afterCartChange(session, refused);
    case 'cart':
      return intent.kind === 'buy' ? placeOrder(session, 'cart') : leave(session, 'abandoned-cart', 'cart');
    case 'ordering':
      return refused
        ? afterRefusal(session, last.reason === 'sold-out')
        : go(session, 'awaiting', { kind: 'await-outcome' }, null);
    case 'awaiting':
      return refused ? afterRefusal(session, last.reason === 'sold-out') : afterPurchase(session);
    case 'dropping-line':
      return placeOrder(session, 'cartChange');
    case 'orders':
      return session.cancels ? cancel(session, 'orders') : leave(session, 'bought', 'orders');
    case 'looking-for-lost-order':
      return leave(session, 'gave-up', 'orders');
    case 'cancelling':
      return leave(session, 'bought', 'outcome');
    case 'left':
      throw new Error('A shopper who has left takes no more steps.');
    default:
      return session.state satisfies never;
  }
}
