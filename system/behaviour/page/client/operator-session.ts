// The operator's session in this tab: the access token in memory alone, the refresh token as long as the tab lives.
import type { SessionView } from '../../../contract/customers.ts';

const REFRESH_TOKEN = 'operatorRefreshToken';

export class Refused extends Error {
  readonly status: number;
  constructor(status: number, words: string) {
    super(words);
    this.status = status;
  }
}

let accessToken: string | null = null;

async function exchange(path: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(path, init).catch(() => {
    throw new Refused(0, 'The shop does not answer. Try again in a moment.');
  });
  if (answer.ok) return answer;
  const problem = (await answer.json().catch(() => ({}))) as { detail?: string; title?: string };
  throw new Refused(answer.status, problem.detail ?? problem.title ?? `The shop answers ${answer.status}.`);
}

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

async function keep(answer: Response): Promise<void> {
  const view = (await answer.json()) as SessionView;
  accessToken = view.accessToken;
  sessionStorage.setItem(REFRESH_TOKEN, view.refreshToken);
}

export const isSignedIn = (): boolean => sessionStorage.getItem(REFRESH_TOKEN) !== null;

export async function signIn(email: string, password: string): Promise<void> {
  await keep(await exchange('/sessions', json({ email, password })));
}

/** Forgets the tokens here and, where it answers, at the shop. */
export async function signOut(): Promise<void> {
  const token = accessToken;
  accessToken = null;
  sessionStorage.removeItem(REFRESH_TOKEN);
  if (token === null) return;
  await fetch('/sessions/current', { method: 'DELETE', headers: { authorization: `Bearer ${token}` } }).catch(
    () => undefined,
  );
}

async function refresh(): Promise<void> {
  const refreshToken = sessionStorage.getItem(REFRESH_TOKEN);
  if (refreshToken === null) throw new Refused(401, 'Sign in first.');
  await keep(await exchange('/sessions/refresh', json({ refreshToken })));
}

/** What the shop answers; a token that has run out is renewed and the question asked again. */
export async function ask<T>(path: string): Promise<T> {
  if (accessToken === null) await refresh();
  const get = () => exchange(path, { headers: { authorization: `Bearer ${accessToken}` } });
  const answer = await get().catch(async (error: unknown) => {
    if (!(error instanceof Refused) || error.status !== 401) throw error;
    await refresh();
    return get();
  });
  return (await answer.json()) as T;
}
