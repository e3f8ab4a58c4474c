// One session of a virtual shopper as a state machine without I/O: each result of a step leads to the next step. The
// same person, stream and answers make the same decisions.
import type { Demand } from '../model/catalogue/demand.ts';
import type { Random } from '../model/chance/random.ts';
import type { Person } from '../model/person.ts';
import { arrive } from './places/arrive.ts';
import { BEHAVIOUR, type Behaviour } from './state/behaviour.ts';
import { drawIntent } from './state/intent.ts';
import { go, leave, type Session } from './state/session.ts';
import type { PlannedStep, Shopper, StepResult } from './state/steps.ts';

export type ShopperInput = {
  person: Person;
  /** What people want; the products themselves are only known as they are shown. */
  demand: Demand;
  /** The session's own stream: createRandom(seed, 'session', index). */
  random: Random;
  behaviour?: Behaviour;
  /** Whether the shop shows lists of recommendations; default false. */
  hasLists?: boolean;
  /** Whether anybody holds coupons in this shop; default false. */
  hasCoupons?: boolean;
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
    hasLists: input.hasLists ?? false,
    hasCoupons: input.hasCoupons ?? false,
    usesCoupons: null,
    intent: drawIntent(input.person, behaviour, input.random),
    after: null,
    afterLoss: null,
    categoryIds: [],
    finding: null,
    viewing: null,
    viewed: new Set(),
    pageCount: 0,
    cart: new Map(),
    refused: new Set(),
    stockSeen: new Map(),
    pendingChanges: [],
    cancels: input.random.chance(behaviour.checkout.cancelRatio),
    hasBought: false,
    hasRetriedOrder: false,
    lastPlanned: null,
    hasFailedBefore: false,
  };
  return {
    next(last) {
      const planned =
        session.lastPlanned === null ? arrive(session) : goOn(session, session.lastPlanned, last);
      session.lastPlanned = planned;
      return planned;
    },
  };
}

function goOn(session: Session, lastPlanned: PlannedStep, last: StepResult | null): PlannedStep {
  if (session.after === null) throw new Error('A shopper who has left takes no more steps.');
  if (last === null) throw new Error('A shopper needs the last step’s result.');
  if (last.outcome === 'failed') return recover(session, lastPlanned);
  session.hasFailedBefore = false;
  return session.after(session, last);
}

/** After a failed step: the same once more, or leave. */
function recover(session: Session, { step }: PlannedStep): PlannedStep {
  const { random, behaviour, after, afterLoss } = session;
  if (afterLoss !== null) return afterLoss(session);
  if (session.hasFailedBefore || !random.chance(behaviour.retryRatio))
    return leave(session, 'gave-up', 'beforeRetry');
  session.hasFailedBefore = true;
  return go(session, step, 'beforeRetry', after);
}
