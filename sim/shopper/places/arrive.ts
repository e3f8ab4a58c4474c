// Coming in: signing in, the home page, and from there on or away again.
import { type Answered, go, leave, type Session, shownOf } from '../state/session.ts';
import type { PlannedStep } from '../state/steps.ts';
import { find, openRecommended } from './browse.ts';
import { passLists } from './recommended.ts';

/** The first step of every session. */
export function arrive(session: Session): PlannedStep {
  const { random, behaviour } = session;
  const signIn = random.chance(behaviour.passwordSignInRatio) ? 'password' : 'session';
  return go(session, { kind: 'arrive', signIn }, null, afterArrival);
}

function afterArrival(session: Session, { outcome }: Answered): PlannedStep {
  return outcome === 'refused'
    ? leave(session, 'gave-up', null)
    : go(session, { kind: 'home' }, null, afterHome);
}

function afterHome(session: Session, result: Answered): PlannedStep {
  if (session.intent.kind === 'bounce') return leave(session, 'bounced', 'home');
  session.categoryIds = shownOf(result, 'home')?.categoryIds ?? [];
  return passLists(session, 'home', { open: openRecommended, goOn: (then) => find(then, 'home') });
}
