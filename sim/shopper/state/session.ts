// What a session remembers between two steps, and the two ways to go on: into another state, or out of the shop.
import type { Product } from '../../model/catalogue/catalogue.ts';
import type { CatalogueIndex } from '../../model/catalogue/catalogue-index.ts';
import type { Random } from '../../model/chance/random.ts';
import type { Person } from '../../model/person.ts';
import type { Behaviour, Dwell } from './behaviour.ts';
import { drawDwellMs } from './dwell.ts';
import type { Intent } from './intent.ts';
import type { CartChange, PlannedStep, Step } from './steps.ts';

/** Where the shopper is: named after the step whose result comes next. */
export type State =
  | 'outside'
  | 'arriving'
  | 'home'
  | 'list'
  | 'product'
  | 'cart-change'
  | 'cart'
  | 'ordering'
  | 'awaiting'
  | 'dropping-line'
  | 'orders'
  | 'looking-for-lost-order'
  | 'cancelling'
  | 'left';

type LeaveReason = Extract<Step, { kind: 'leave' }>['because'];

/** Where the shopper is looking: a category's list or a search, and the product that was meant by the search. */
export type Finding = {
  step: Extract<Step, { kind: 'list' | 'search' }>;
  categoryId: number;
  wanted: Product | null;
};

/** Everything that a session remembers. */
export type Session = {
  person: Person;
  catalogue: CatalogueIndex;
  behaviour: Behaviour;
  random: Random;
  intent: Intent;
  state: State;
  finding: Finding | null;
  /** The product page that is open. */
  viewing: Product | null;
  viewed: Set<number>;
  productPageCount: number;
  cart: Map<number, number>;
  pendingChanges: CartChange[];
  cancels: boolean;
  hasBought: boolean;
  hasRetriedOrder: boolean;
  lastPlanned: PlannedStep | null;
  hasFailedBefore: boolean;
};

/** Enters a state with its step, after the dwell on the page before (null: at once). */
export function go(
  session: Session,
  state: State,
  step: Step,
  before: keyof Behaviour['dwell'] | null,
): PlannedStep {
  const { behaviour, random } = session;
  session.state = state;
  const dwell: Dwell | null = before === null ? null : behaviour.dwell[before];
  return { step, thinkMs: dwell === null ? 0 : drawDwellMs(dwell, behaviour.longestDwellMs, random) };
}

/** Leaves; whoever has bought leaves as a buyer, whatever went wrong afterwards. */
export function leave(
  session: Session,
  because: LeaveReason,
  before: keyof Behaviour['dwell'] | null,
): PlannedStep {
  return go(session, 'left', { kind: 'leave', because: session.hasBought ? 'bought' : because }, before);
}
