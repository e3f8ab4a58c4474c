// How controls do their work: once at a time, and what the shop refuses is told.
import { texts } from '../language/language.ts';
import type { Perform } from './controls.tsx';
import type { Notify } from './notices.tsx';
import { certaintyAfter, failureText, ShopProblem } from './request.ts';
import { readRoute } from './route.ts';
import type { Session } from './session.ts';

type Deps = { session: Session; notify: Notify; toSignIn: () => Promise<unknown> };

export function createPerform({ session, notify, toSignIn }: Deps): Perform {
  function tellFailure(error: unknown): void {
    const again = { address: location.hash.slice(1) || '/', text: texts().frame.lookAgain };
    if (certaintyAfter(error) === 'unknown') notify(failureText(error), again, 'until-closed');
    else notify(failureText(error));
  }
  /** The session has ended, and this is not an attempt to begin one. */
  function needsSignIn(error: unknown): boolean {
    const isSigningIn = readRoute(location.hash).path[0] === 'sign-in';
    return error instanceof ShopProblem && error.status === 401 && !session.isSignedIn() && !isSigningIn;
  }
  return async (control, work) => {
    if (control.ariaBusy === 'true') return;
    control.ariaBusy = 'true';
    try {
      await work();
    } catch (error) {
      if (needsSignIn(error)) await toSignIn();
      else tellFailure(error);
    } finally {
      control.ariaBusy = null;
    }
  };
}
