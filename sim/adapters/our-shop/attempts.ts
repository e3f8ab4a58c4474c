// What the generator did at our shop and whose effect the audit looks for, by kind. Each kind's tables and rules are in a
// folder of scenarios/audit/.
import type { SignUpBody } from '../../../system/contract/customers.ts';
import type { ProductMessage, UserMessage } from '../../../system/contract/messages.ts';
import type { AttemptPhase } from '../../engine/protocol/protocol.ts';
import type { ShopHooks } from '../../engine/shop-adapter.ts';

/** What the generator knows of an order; the audit holds it against the database. */
export type OrderAttempt = {
  kind: 'order';
  orderId: string;
  customerId: number;
  attemptedAtMs: number;
  phase: AttemptPhase;
  lines: { productId: number; quantity: number }[];
  /** The coupon that the shopper chose, with what it was said to take off; null for none. */
  coupon: { id: string; quotedKrw: number } | null;
  /** How the HTTP request ended: accepted (2xx), refused (a definite no: no order was made), unknown (it may exist). */
  answer: 'accepted' | 'refused' | 'unknown';
  httpStatus: number | null;
  /** What the shopper saw on the socket (or by asking after the deadline: `retrieved`). */
  outcome: 'confirmed' | 'rejected' | null;
  /** Why the shop refused or rejected it, in its own word: `sold-out`, `payment-declined`, `price-changed`, …; else null. */
  refusedBecause: string | null;
  outcomeSeenBy: 'socket' | 'retrieved' | null;
  /** From the shopper's action until the outcome was known, in ms. */
  outcomeAfterMs: number | null;
  totalKrw: number | null;
  /** Answer of the cancel request, where the shopper made one. */
  cancel: 'accepted' | 'refused' | 'unknown' | null;
  /** Placed in a browser that walks beside the load: the audit looks for it like for any other, and no figure of the load has it. */
  isOfBrowser?: true;
};

/** What the generator knows of a sign-up: the form it sent, but for the password, and what came back. */
export type SignUpAttempt = Omit<SignUpBody, 'password'> & {
  kind: 'sign-up';
  attemptedAtMs: number;
  /** accepted (2xx), refused (a definite no: no account was made), unknown (it may exist). */
  answer: 'accepted' | 'refused' | 'unknown';
  httpStatus: number | null;
  /** As the answer named it; null where none was accepted. */
  customerId: number | null;
};

/** What the generator knows of an act that it told the shop, and of the lists that came for it. */
export type ActAttempt = {
  kind: 'act';
  actionId: string;
  customerId: number;
  attemptedAtMs: number;
  phase: AttemptPhase;
  action: 'click' | 'hover' | 'cart-create';
  productId: number;
  /** accepted, refused (it is not in the log), unknown (it may be). */
  answer: 'accepted' | 'refused' | 'unknown';
  /** From the act until lists that reflect it were on the screen, in ms; null where none came in time. */
  shownAfterMs: number | null;
  /** Of those lists: the oldest of the actions that each of them says it reflects. */
  reflectedId: string | null;
  /** The same of the list by category, and the first of its products; null where the push had none. */
  categoryReflectedId: string | null;
  categoryFirstProductId: number | null;
  /** What the same push said it answers, and what the socket that heard it had not sent. */
  unknownIds: string[];
};

/** What was sent to a topic: the message without its version and without any secret. */
export type Arrival =
  | { kind: 'product-arrival'; id: string; product: ProductMessage['product'] }
  | { kind: 'user-arrival'; id: string; user: Omit<UserMessage['user'], 'passwordHash'> };

/** What the generator knows of a message: acknowledged by all in-sync replicas, or not known. */
export type ArrivalAttempt = Arrival & { attemptedAtMs: number; answer: 'accepted' | 'unknown' };

/** What the generator knows of a batch of actions of one customer, as it was sent and sent again under the same ids. */
export type ActionsAttempt = {
  kind: 'actions';
  customerId: number;
  /** When the first of them was done. */
  attemptedAtMs: number;
  /** accepted, refused (a definite no to all of them), unknown (they may be in the log). */
  answer: 'accepted' | 'refused' | 'unknown';
  /** Each in a line of its own, as packed-actions.ts writes and reads them. */
  packed: string;
};

export type Attempt = OrderAttempt | ActAttempt | SignUpAttempt | ArrivalAttempt | ActionsAttempt;

/** What visits and sign-ups tell the engine. */
export type OurShopHooks = Omit<ShopHooks, 'onAttempt'> & { onAttempt: (attempt: Attempt) => void };
