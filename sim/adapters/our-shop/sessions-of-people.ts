// Who is signed in: each person's access token and the refresh token that the next one costs. One refresh a person at a
// time; those who ask meanwhile get its result.
import type { SessionView } from '../../../system/contract/customers.ts';

type Tokens = { accessToken: string | null; refreshToken: string; lifeMs: number };

export type SessionsOfPeople = {
  /** The access token at hand, null before the first refresh or sign-in. */
  accessTokenOf(personId: number): string | null;
  /** For how long the access token at hand holds, in ms from when it was given; 0 when there is none. */
  tokenLifeMs(personId: number): number;
  /** Keeps what a sign-in or refresh answered. */
  keep(personId: number, session: SessionView): void;
  /** Runs `ask` with the refresh token and keeps its answer; false when `ask` came back with null. */
  refresh(personId: number, ask: (refreshToken: string) => Promise<SessionView | null>): Promise<boolean>;
};

/** `refreshTokenOf` gives the token that the data set holds for a person. */
export function createSessionsOfPeople(refreshTokenOf: (personId: number) => string): SessionsOfPeople {
  const tokens = new Map<number, Tokens>();
  const underWay = new Map<number, Promise<boolean>>();

  const keep = (personId: number, session: SessionView) =>
    void tokens.set(personId, {
      accessToken: session.accessToken,
      refreshToken: session.refreshToken,
      lifeMs: session.accessTokenExpiresInSeconds * 1_000,
    });

  async function ask(personId: number, send: (refreshToken: string) => Promise<SessionView | null>) {
    const session = await send(tokens.get(personId)?.refreshToken ?? refreshTokenOf(personId));
    if (session !== null) keep(personId, session);
    return session !== null;
  }

  return {
    accessTokenOf: (personId) => tokens.get(personId)?.accessToken ?? null,
    tokenLifeMs: (personId) => tokens.get(personId)?.lifeMs ?? 0,
    keep,
    refresh(personId, send) {
      const present = underWay.get(personId);
      if (present !== undefined) return present;
      const started = ask(personId, send).finally(() => underWay.delete(personId));
      underWay.set(personId, started);
      return started;
    },
  };
}
