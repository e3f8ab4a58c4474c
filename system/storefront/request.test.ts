import { expect, test } from 'vitest';
import { type Certainty, certaintyAfter, failureText, NotDone, problemOf } from './client/shared/request.ts';

function answered(status: number, code: string | null, retryAfter?: string) {
  const headers = new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter });
  if (code !== null) headers.set('content-type', 'application/problem+json');
  const body = code === null ? '<h1>no</h1>' : JSON.stringify({ type: code, title: code, status, code });
  return problemOf({ status, isOk: false, body, headers });
}

test.each<[unknown, Certainty]>([
  [new TypeError('Failed to fetch'), 'unknown'],
  [new DOMException('late', 'AbortError'), 'unknown'],
  [new SyntaxError('not JSON'), 'unknown'],
  [answered(500, 'internal-error'), 'unknown'],
  [answered(502, null), 'unknown'],
  [answered(503, null), 'unknown'],
  [answered(503, 'outcome-unknown', '2'), 'unknown'],
  [answered(503, 'temporarily-unavailable', '2'), 'unknown'],
  [answered(504, null), 'unknown'],
  [answered(408, 'request-timeout'), 'unknown'],
  [answered(503, 'order-not-placed', '2'), 'not-now'],
  [answered(503, null, '30'), 'not-now'],
  [answered(429, 'too-many-requests'), 'not-now'],
  [answered(401, 'not-signed-in'), 'not-now'],
  [new NotDone('Later.'), 'not-now'],
  [answered(400, 'invalid-request'), 'refused'],
  [answered(409, 'order-id-taken'), 'refused'],
])('after %s the request is %s', (error, certainty) => {
  expect(certaintyAfter(error)).toBe(certainty);
  expect(failureText(error).includes('not known')).toBe(certainty === 'unknown');
});
