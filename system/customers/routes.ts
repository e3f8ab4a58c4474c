// HTTP of people and sessions: sign-up, sign-in, refresh and sign-out; one's own data is in own-routes.ts.
import type { FastifyReply } from 'fastify';
import Type from 'typebox';
import { RefreshBody, SessionView, SignInBody, SignUpBody } from '../contract/customers.ts';
import { clientOf } from '../platform/http/client-address.ts';
import type { HttpApp } from '../platform/http/http.ts';
import { ProblemError, problemResponses } from '../platform/http/problems.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Redis } from '../platform/redis/redis.ts';
import type { Clock } from '../platform/settings/clock.ts';
import { seoulYear } from '../platform/settings/seoul-time.ts';
import { bearerSecurity, bearerTokenOf, notSignedIn, type RequestHook } from './authentication.ts';
import { registerOwnRoutes } from './own-routes.ts';
import { createPasswordAttempts } from './password-attempts.ts';
import { createPasswordGate, type PasswordGate } from './password-gate.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { birthYearProblem, emailSubject } from './rules.ts';
import type { Sessions } from './sessions.ts';
import { type CustomerStore, createCustomerStore, type PasswordIdentity } from './store.ts';

type Deps = {
  database: Database;
  /** For counting wrong passwords; with the shop's key prefix. */
  redis: Redis;
  clock: Clock;
  sessions: Sessions;
  authenticate: RequestHook;
};
/** What the routes share. */
type Parts = Deps & { store: CustomerStore; gate: PasswordGate };

/** Adds POST /customers, and the routes under /sessions and /me. */
export function registerCustomerRoutes(app: HttpApp, deps: Deps): void {
  const parts = { ...deps, store: createCustomerStore(deps.database), gate: createPasswordGate() };
  registerSignUp(app, parts);
  registerSignIn(app, parts);
  registerRefresh(app, parts);
  registerSignOut(app, parts);
  registerOwnRoutes(app, parts);
}

/** Tokens must not be kept by anything on the way. */
const created = (reply: FastifyReply) => reply.code(201).header('cache-control', 'no-store');

const sessionResponse = { response: { 201: SessionView, ...problemResponses } };

function registerSignUp(app: HttpApp, { clock, sessions, store, gate }: Parts): void {
  app.post(
    '/customers',
    { schema: { tags: ['customers'], body: SignUpBody, ...sessionResponse } },
    async ({ body, ip }, reply) => {
      const problem = birthYearProblem(body, seoulYear(clock.now()));
      if (problem !== null) throw new ProblemError({ status: 400, code: 'invalid-request', detail: problem });
      const { password, ...person } = body;
      const customer = await store.create({
        ...person,
        secretHash: await gate.run(clientOf(ip), () => hashPassword(password)),
        at: clock.now(),
      });
      if (customer === 'email-taken') {
        throw new ProblemError({
          status: 409,
          code: 'email-taken',
          detail: 'Somebody signs in with this e-mail.',
        });
      }
      return created(reply).send(await sessions.issue(customer));
    },
  );
}

function registerSignIn(app: HttpApp, { redis, clock, sessions, store, gate }: Parts): void {
  const attempts = createPasswordAttempts({ redis, clock });

  /** The identity that the password proves, or null. */
  async function prove({ email, password }: SignInBody, client: string): Promise<PasswordIdentity | null> {
    const attempt = await attempts.begin(emailSubject(email), client);
    try {
      const identity = await store.findPasswordIdentity(email);
      const check = () => verifyPassword(password, identity?.secretHash ?? null);
      const isRight = await gate.run(client, check);
      await (isRight ? attempt.succeed() : attempt.fail());
      if (!isRight) return null;
      return identity;
    } catch (error) {
      await attempt.takeBack();
      throw error;
    }
  }

  app.post(
    '/sessions',
    { schema: { tags: ['sessions'], body: SignInBody, ...sessionResponse } },
    async ({ body, ip }, reply) => {
      const identity = await prove(body, clientOf(ip));
      if (identity === null) {
        throw new ProblemError({
          status: 401,
          code: 'wrong-credentials',
          detail: 'The e-mail or the password is wrong.',
        });
      }
      const { customerId, roles } = identity;
      return created(reply).send(await sessions.issue({ customerId, roles }));
    },
  );
}

function registerRefresh(app: HttpApp, { sessions }: Parts): void {
  app.post(
    '/sessions/refresh',
    { schema: { tags: ['sessions'], body: RefreshBody, ...sessionResponse } },
    async ({ body }, reply) => {
      const view = await sessions.refresh(body.refreshToken);
      if (view === null) {
        throw new ProblemError({
          status: 401,
          code: 'refresh-token-not-valid',
          detail: 'The refresh token is unknown, used up or has expired.',
        });
      }
      return created(reply).send(view);
    },
  );
}

function registerSignOut(app: HttpApp, { sessions }: Parts): void {
  // Whichever token of the session is at hand ends all of it: the access token may have expired.
  app.delete(
    '/sessions/current',
    {
      schema: {
        tags: ['sessions'],
        security: bearerSecurity,
        response: { 204: Type.Null(), ...problemResponses },
      },
    },
    async (request, reply) => {
      const isEnded = await sessions.end(bearerTokenOf(request));
      if (!isEnded) throw notSignedIn('The token is unknown, or its session has ended.');
      return reply.code(204).send(null);
    },
  );
}
