// Who is signed in, in this tab: the access token in memory alone, the refresh token as long as the tab lives.
import type { SessionView } from '../../contract/customers.ts';

const REFRESH_TOKEN = 'refreshToken';

export type Session = {
  accessToken(): string | null;
  isSignedIn(): boolean;
  /** Keeps a session that the shop has just given. */
  keep(view: SessionView): void;
  forget(): void;
  /** A new access token for the refresh token; false when there is none or it is no longer good. */
  refresh(): Promise<boolean>;
};

/** Goes on with the session that the tab had before it was reloaded, if any. */
export function createSession(): Session {
  let accessToken: string | null = null;
  let refreshing: Promise<boolean> | null = null;

  function keep(view: SessionView): void {
    accessToken = view.accessToken;
    sessionStorage.setItem(REFRESH_TOKEN, view.refreshToken);
  }

  function forget(): void {
    accessToken = null;
    sessionStorage.removeItem(REFRESH_TOKEN);
  }

  async function refreshNow(refreshToken: string): Promise<boolean> {
    const answer = await fetch('/sessions/refresh', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refreshToken }),
    });
    if (answer.ok) keep((await answer.json()) as SessionView);
    else if (answer.status < 500) forget();
    return answer.ok;
  }

  return {
    accessToken: () => accessToken,
    isSignedIn: () => accessToken !== null || sessionStorage.getItem(REFRESH_TOKEN) !== null,
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
