// Every error that leaves the shop, as problem details (RFC 9457). Expected ones are thrown as ProblemError; all others
// are recognised here or hidden behind a plain 500.
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest, FastifySchemaValidationError } from 'fastify';
import { Problem } from '../../contract/common.ts';
import { OpenSearchOutage } from '../opensearch/opensearch.ts';
import { isEnvironmentFault, sqlState } from '../postgres/statement-faults.ts';
import { isRedisOutage } from '../redis/redis.ts';

const RETRY_AFTER_SECONDS = 2;

/** For a route's response schemas: how its errors look, in the API's description. */
export const problemResponses = {
  '4xx': { description: 'Problem details', content: { 'application/problem+json': { schema: Problem } } },
};

type ProblemDetails = {
  status: number;
  /** Stable, kebab-case, meant for programs. */
  code: string;
  detail?: string | undefined;
  headers?: Record<string, string>;
};

/** An answer other than success that a route decides on; the error handler turns it into the response. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  readonly headers: Record<string, string>;

  constructor(problem: ProblemDetails) {
    super(problem.detail ?? problem.code);
    this.name = 'ProblemError';
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.headers = problem.headers ?? {};
  }
}

/** 503 with Retry-After: something that the shop needs is away for the moment. */
export function unavailable(detail: string): ProblemError {
  return new ProblemError({
    status: 503,
    code: 'temporarily-unavailable',
    detail,
    headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
  });
}

/** 404 for a thing named in words, e.g. "product 7". */
export function notFound(thing: string): ProblemError {
  return new ProblemError({ status: 404, code: 'not-found', detail: `There is no ${thing}.` });
}

function describeField(error: FastifySchemaValidationError, part: string): string {
  const path = error.instancePath.split('/').slice(1).join('.');
  const { requiredProperties, additionalProperties } = error.params;
  const names = requiredProperties ?? additionalProperties;
  const rest =
    error.keyword === 'additionalProperties' && Array.isArray(names) ? `: ${names.join(', ')}` : '';
  return `${path === '' ? part : `${part}.${path}`} ${error.message ?? 'is not valid'}${rest}`;
}

function invalidRequest(errors: FastifySchemaValidationError[], part: string): ProblemDetails {
  const fields = errors
    // `false` schemas repeat what the additionalProperties error beside them says.
    .filter((error) => error.keyword !== 'boolean')
    .map((error) => describeField(error, part));
  return { status: 400, code: 'invalid-request', detail: [...new Set(fields)].join('; ') };
}

const CODES_BY_STATUS: Record<number, string> = {
  400: 'invalid-request',
  404: 'not-found',
  408: 'request-timeout',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  431: 'headers-too-large',
  503: 'temporarily-unavailable',
};

/** Text with a NUL or a broken encoding, which PostgreSQL cannot store: the request's fault, not the shop's. */
const UNSTORABLE_TEXT = new Set(['22021', '22P05']);

/** @returns what the client is told, or null for a bug that it is told nothing about. */
function toProblem(error: Error & Partial<FastifyError>): ProblemDetails | null {
  if (error instanceof ProblemError) return error;
  if (error.validation) return invalidRequest(error.validation, error.validationContext ?? 'request');
  if (isEnvironmentFault(error) || isRedisOutage(error) || error instanceof OpenSearchOutage)
    return unavailable('A service that the shop needs is away.');
  if (UNSTORABLE_TEXT.has(sqlState(error) ?? '')) {
    return { status: 400, code: 'invalid-request', detail: 'The request holds text that cannot be stored.' };
  }
  const status = error.statusCode ?? 500;
  if (status < 400 || status >= 500) {
    return status === 503 ? { status, code: 'temporarily-unavailable' } : null;
  }
  return { status, code: CODES_BY_STATUS[status] ?? 'invalid-request', detail: error.message };
}

const MEDIA_TYPE = 'application/problem+json';

const bodyOf = ({ status, code, detail }: ProblemDetails): Problem => ({
  type: `urn:stampede:problem:${code}`,
  title: STATUS_CODES[status] ?? 'Error',
  status,
  code,
  ...(detail !== undefined && { detail }),
});

function send(reply: FastifyReply, problem: ProblemDetails): FastifyReply {
  return (
    reply
      .code(problem.status)
      .headers(problem.headers ?? {})
      .type(MEDIA_TYPE)
      // Serialised here: a route's response schemas are for its successes.
      .serializer(JSON.stringify)
      .send(bodyOf(problem))
  );
}

/** Fastify's error handler. Faults outside the shop are logged as warnings, bugs as errors with their stack. */
export function handleError(
  error: Error & Partial<FastifyError>,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = toProblem(error);
  const where = { method: request.method, route: request.routeOptions?.url ?? 'none' };
  if (problem === null) request.log.error({ err: error, ...where }, 'a request failed');
  else if (problem.status >= 500) request.log.warn({ err: error, ...where }, 'a request could not be served');
  return send(reply, problem ?? { status: 500, code: 'internal-error' });
}

/** Fastify's handler of unknown routes. */
export function handleUnknownRoute(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return send(reply, { status: 404, code: 'not-found', detail: 'There is no such route.' });
}

const STATUS_BY_PARSER_ERROR: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Fastify's handler of what Node could not read as a request: there is a socket, and nothing else yet. */
export function handleUnreadableRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS_BY_PARSER_ERROR[error.code ?? ''] ?? 400;
  const detail = 'This could not be read as an HTTP request.';
  const body = JSON.stringify(bodyOf({ status, code: CODES_BY_STATUS[status] ?? 'invalid-request', detail }));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${MEDIA_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  // Not end(), which would leave the socket to a client that never closes it.
  socket.destroySoon();
}
