// What a session remembers between two steps, and the two ways to go on: to another step, or out of the shop.
import type { Demand, Listing } from '../../model/catalogue/demand.ts';
import type { Random } from '../../model/chance/random.ts';
import type { Person } from '../../model/person.ts';
import type { Behaviour, Dwell } from './behaviour.ts';
import { drawDwellMs } from './dwell.ts';
import type { Intent } from './intent.ts';
import type { CartChange, PlannedStep, Shown, ShownProduct, Step, StepResult } from './steps.ts';

type LeaveReason = Extract<Step, { kind: 'leave' }>['because'];

/** A result that the shop gave: it did the step, or said no. */
export type Answered = Exclude<StepResult, { outcome: 'failed' }>;

/** What a shopper does once a step was answered. Each place has its own. */
export type After = (session: Session, result: Answered) => PlannedStep;

/** Where the shopper is looking for something. */
export type Finding = {
  step: Extract<Step, { kind: 'list' | 'search' }>;
  listing: Listing;
  /** What it showed. */
  products: readonly ShownProduct[];
};

/** Everything that a session remembers. */
export type Session = {
  person: Person;
  demand: Demand;
  behaviour: Behaviour;
  random: Random;
  intent: Intent;
  /** What comes after the step under way; null when the shopper has left. */
  after: After | null;
  /** What to do instead of the step once more when its end never came; null for all steps that may be repeated. */
  afterLoss: ((session: Session) => PlannedStep) | null;
  /** Whether the shop shows lists of recommendations. */
  hasLists: boolean;
  /** Whether anybody holds coupons in this shop. */
  hasCoupons: boolean;
  /** Whether this shopper uses one where there is one; null until the first checkout. */
  usesCoupons: boolean | null;
  /** The categories that the home page showed. */
  categoryIds: readonly number[];
  finding: Finding | null;
  /** The product whose page is open, as it was shown. */
  viewing: ShownProduct | null;
  viewed: Set<number>;
  /** Product pages opened, and lists on which there was nothing. */
  pageCount: number;
  cart: Map<number, number>;
  /** Products that the cart refused. */
  refused: Set<number>;
  /** Pieces in stock of each product in the cart, as its page said. */
  stockSeen: Map<number, number>;
  pendingChanges: CartChange[];
  cancels: boolean;
  hasBought: boolean;
  hasRetriedOrder: boolean;
  lastPlanned: PlannedStep | null;
  hasFailedBefore: boolean;
};

/** Takes a step, after the dwell on the page before (null: at once), and goes on with `after` once it is answered. */
export function go(
  session: Session,
  step: Step,
  before: keyof Behaviour['dwell'] | null,
  after: After | null,
  afterLoss: Session['afterLoss'] = null,
): PlannedStep {
  const { behaviour, random } = session;
  session.after = after;
  session.afterLoss = afterLoss;
  const dwell: Dwell | null = before === null ? null : behaviour.dwell[before];
  return { step, thinkMs: dwell === null ? 0 : drawDwellMs(dwell, behaviour.longestDwellMs, random) };
}

/** Leaves; whoever has bought leaves as a buyer, whatever went wrong afterwards. */
export function leave(
  session: Session,
  because: LeaveReason,
  before: keyof Behaviour['dwell'] | null,
): PlannedStep {
  return go(session, { kind: 'leave', because: session.hasBought ? 'bought' : because }, before, null);
}

/** Reads what an answer showed, where it shows this kind of thing; null where it shows nothing of it. */
export function shownOf<Kind extends Shown['kind']>(
  result: Answered,
  kind: Kind,
): Extract<Shown, { kind: Kind }> | null {
  const shown = result.outcome === 'ok' ? (result.shown?.() ?? null) : null;
  return shown !== null && isOf(shown, kind) ? shown : null;
}

function isOf<Kind extends Shown['kind']>(shown: Shown, kind: Kind): shown is Extract<Shown, { kind: Kind }> {
  return shown.kind === kind;
}
