// Who is signed in, in this tab: the access token in memory alone, the refresh token as long as the tab lives.
import type { SessionView } from '../../../contract/customers.ts';
import { exchange, problemOf } from './request.ts';

const REFRESH_TOKEN = 'refreshToken';
const CUSTOMER_ID = 'customerId';

export type Session = {
  accessToken(): string | null;
  isSignedIn(): boolean;
  /** Whose session it is; null when nobody is signed in. */
  customerId(): string | null;
  /** Keeps a session that the shop has just given. */
  keep(view: SessionView): void;
  forget(): void;
  /**
   * A new access token for the refresh token; false when there is none or it is no longer good. Throws when the shop
   * does not say which.
   */
  refresh(): Promise<boolean>;
};

/** Goes on with the session that the tab had before it was reloaded, if any. */
export function createSession(): Session {
  let accessToken: string | null = null;
  let refreshing: Promise<boolean> | null = null;

  function keep(view: SessionView): void {
    accessToken = view.accessToken;
    sessionStorage.setItem(REFRESH_TOKEN, view.refreshToken);
    sessionStorage.setItem(CUSTOMER_ID, String(view.customerId));
  }

  function forget(): void {
    accessToken = null;
    sessionStorage.removeItem(REFRESH_TOKEN);
    sessionStorage.removeItem(CUSTOMER_ID);
  }

  async function refreshNow(refreshToken: string): Promise<boolean> {
    const answer = await exchange('/sessions/refresh', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refreshToken }),
    });
    if (answer.isOk) keep(JSON.parse(answer.body) as SessionView);
    else if (answer.status >= 500 || answer.status === 429) throw problemOf(answer);
    else forget();
    return answer.isOk;
  }

  return {
    accessToken: () => accessToken,
    isSignedIn: () => accessToken !== null || sessionStorage.getItem(REFRESH_TOKEN) !== null,
    customerId: () => sessionStorage.getItem(CUSTOMER_ID),
    keep,
    forget,
    refresh() {
      const refreshToken = sessionStorage.getItem(REFRESH_TOKEN);
      if (refreshToken === null) return Promise.resolve(false);
      // The token is used up by its first use, so everybody who needs a new one waits for the same.
      refreshing ??= refreshNow(refreshToken).finally(() => {
        refreshing = null;
      });
      return refreshing;
    },
  };
}
