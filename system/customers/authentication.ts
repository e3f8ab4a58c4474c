// Who is asking: hooks that turn `Authorization: Bearer …` into `request.session` and refuse everybody else.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Role } from '../contract/common.ts';
import type { RequestHook } from '../platform/features/feature.ts';
import { ProblemError } from '../platform/http/problems.ts';
import type { LiveSession, Sessions } from './sessions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `authenticate`; routes read it through `sessionOf`. */
    session: LiveSession | null;
  }
}

export type { RequestHook };

const SCHEME = /^Bearer +([\w-]+)$/i;

export function notSignedIn(detail: string): ProblemError {
  return new ProblemError({
    status: 401,
    code: 'not-signed-in',
    detail,
    headers: { 'www-authenticate': 'Bearer' },
  });
}

/** The token that a request carries; throws 401 when there is none. */
export function bearerTokenOf(request: FastifyRequest): string {
  const token = SCHEME.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw notSignedIn('Send an access token as Authorization: Bearer …');
  return token;
}

/** The session of a request that `authenticate` let through. */
export function sessionOf(request: FastifyRequest): LiveSession {
  if (request.session === null)
    throw new Error(`${request.url} reads a session without authenticate before it`);
  return request.session;
}

/** Declares `request.session` on a server, once, before its routes. */
export function decorateWithSession(app: FastifyInstance): void {
  app.decorateRequest('session', null);
}

/**
 * A hook that lets signed-in people through. Put it at `onRequest`, so that strangers are refused before their body is
 * read; it works at `preHandler` too.
 */
export function createAuthenticate(sessions: Pick<Sessions, 'read'>): RequestHook {
  return async (request) => {
    const session = await sessions.read(bearerTokenOf(request));
    if (session === null) throw notSignedIn('The access token is unknown or has expired.');
    request.session = session;
  };
}

/** A hook for after `authenticate`: lets only people with the role through. */
export function requireRole(role: Role): RequestHook {
  return async (request) => {
    if (sessionOf(request).roles.includes(role)) return;
    throw new ProblemError({ status: 403, code: 'not-allowed', detail: `This needs the role ${role}.` });
  };
}

/** What routes with a session write into their schema, for the API's description. */
export const bearerSecurity = [{ bearer: [] }];
