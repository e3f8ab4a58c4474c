// One request to the shop, and what its failure leaves known. A request that changes something and is not answered may
// have been carried out all the same; only the shop's own word tells.
import type { Problem } from '../../../contract/common.ts';
import { texts } from '../language/language.ts';

/** The shop answers an order within 5 s; whoever has heard nothing after this long hears nothing any more, in ms. */
const ANSWERED_WITHIN_MS = 20_000;

/** What the shop, or something on the way to it, answers when it does not do what it was asked. */
export class ShopProblem extends Error {
  readonly status: number;
  readonly code: string;
  /** The answer says when to ask again (Retry-After). */
  readonly isForNow: boolean;
  constructor(
    problem: Pick<Problem, 'status' | 'code' | 'title'> & { detail?: string | undefined },
    isForNow = false,
  ) {
    super(problem.detail ?? problem.title);
    this.status = problem.status;
    this.code = problem.code;
    this.isForNow = isForNow;
  }
}

/** Something that was surely not done, in words for the shopper. */
export class NotDone extends Error {}

/**
 * `refused`: not done, and asking again changes nothing. `not-now`: not done, but it may be later. `unknown`: it may have
 * been done or not.
 */
export type Certainty = 'refused' | 'not-now' | 'unknown';

/** Asked too early, too often or without a session: nothing was looked at. */
const NOT_NOW = new Set([401, 425, 429]);
/** Codes of a 503 of the shop's own that may have come after the effect; see contract/orders.ts. */
const AFTER_THE_EFFECT = new Set(['outcome-unknown', 'temporarily-unavailable']);

/** What is known about a request after it has failed with `error`. */
export function certaintyAfter(error: unknown): Certainty {
  if (error instanceof NotDone) return 'not-now';
  // No answer, one that came too late, or one that cannot be read.
  if (!(error instanceof ShopProblem)) return 'unknown';
  if (error.status === 503 && error.isForNow && !AFTER_THE_EFFECT.has(error.code)) return 'not-now';
  if (error.status >= 500 || error.status === 408) return 'unknown';
  return NOT_NOW.has(error.status) ? 'not-now' : 'refused';
}

/** A refusal in the page's language, where it has words for it, else in the shop's own. */
export const problemText = ({ code, message }: ShopProblem): string =>
  texts().failure.problems[code] ?? message;

/** What a failed request is told as. */
export function failureText(error: unknown): string {
  if (error instanceof NotDone) return error.message;
  const { failure } = texts();
  switch (certaintyAfter(error)) {
    case 'unknown':
      return failure.unknown;
    case 'not-now':
      return error instanceof ShopProblem && error.code !== 'unknown' ? problemText(error) : failure.notNow;
    case 'refused':
      return error instanceof ShopProblem ? problemText(error) : String(error);
  }
}

export type Answer = { status: number; isOk: boolean; body: string; headers: Headers };

/** Sends a request and reads its whole answer. Throws when there is none in time. */
export async function exchange(path: string, request: RequestInit): Promise<Answer> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ANSWERED_WITHIN_MS);
  try {
    const answer = await fetch(path, { ...request, signal: abort.signal });
    const body = await answer.text();
    return { status: answer.status, isOk: answer.ok, body, headers: answer.headers };
  } finally {
    clearTimeout(timer);
  }
}

/** The problem that an answer other than success tells. */
export function problemOf({ status, body, headers }: Answer): ShopProblem {
  const isForNow = headers.has('retry-after');
  if (headers.get('content-type')?.startsWith('application/problem+json')) {
    return new ShopProblem(JSON.parse(body) as Problem, isForNow);
  }
  return new ShopProblem({ status, code: 'unknown', title: `The shop answered ${status}.` }, isForNow);
}
