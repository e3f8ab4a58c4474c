// A request of an adapter that did not go well: in the words of the tables of failures, and in a sentence for whoever wrote the
// adapter.
import type { HttpResult } from '../../engine/transport/http-client.ts';
import { shortened } from './shop-mistake.ts';

export type FailedRequest = {
  /** As it stands among the failures by kind: `product 503`, `timeout product`. */
  kind: string;
  /** What was found and what is needed, in one line. */
  message: string;
  status: number | null;
  /** Nobody knows whether it had an effect. */
  isUnknown: boolean;
  /** Whether its request was counted as failed; a body of the wrong kind shows only when it is read. */
  isCounted: boolean;
};

/** What `http` rejects with. */
export class HttpFailure extends Error {
  override name = 'HttpFailure';
  readonly kind: string;
  readonly status: number | null;
  readonly isUnknown: boolean;
  readonly isCounted: boolean;

  constructor({ kind, message, status, isUnknown, isCounted }: FailedRequest) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.isUnknown = isUnknown;
    this.isCounted = isCounted;
  }
}

const isGood = (status: number, accept: readonly number[] | undefined): boolean =>
  (status >= 200 && status < 400) || (accept?.includes(status) ?? false);

/** Why this result is a failure; null when it is an answer that was to be expected. */
export function failureOf(
  name: string,
  url: string,
  result: HttpResult,
  accept: readonly number[] | undefined,
): HttpFailure | null {
  if (result.kind === 'answer') {
    const { status } = result;
    return isGood(status, accept) ? null : statusFailure(name, status, result.text?.() ?? '');
  }
  const kind = `${result.reason} ${name}`;
  const common = { kind, status: null, isUnknown: true, isCounted: true };
  switch (result.reason) {
    case 'timeout':
      return new HttpFailure({
        ...common,
        message: `${name}: found no answer of ${url} before the deadline, needed one in time. Is the shop up, and fast enough?`,
      });
    case 'connection':
      return new HttpFailure({ ...common, message: `${name}: ${connectionSentence(url, result.error)}` });
    case 'unfinished':
      return new HttpFailure({ ...common, message: `${name}: the run ended before its answer.` });
    case 'starved':
      return new HttpFailure({
        ...common,
        message: `${name}: this process lacked something (${result.lacked}).`,
      });
  }
}

function statusFailure(name: string, status: number, body: string): HttpFailure {
  const found = `found HTTP ${status}${body === '' ? '' : ` ("${shortened(body)}")`}`;
  const advice =
    status === 401 || status === 403
      ? 'Is the token, key or account still good?'
      : `If it is an answer like any other, accept it: {accept: [${status}]}.`;
  return new HttpFailure({
    kind: `${name} ${status}`,
    message: `${name}: ${found}, needed 2xx. ${advice}`,
    status,
    isUnknown: false,
    isCounted: true,
  });
}

const CERTIFICATE = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_/;

/** Why the certificate of an origin was not believed, with the next step; null where that is not what went wrong. */
export function certificateSentence(origin: string, error: unknown): string | null {
  const code = codeOf(error);
  if (code === null || !CERTIFICATE.test(code)) return null;
  return `the certificate of ${origin} does not verify (${code}), needed is one that does. Add its authority with NODE_EXTRA_CA_CERTS=ca.pem.`;
}

function connectionSentence(url: string, error: Error | undefined): string {
  const code = codeOf(error);
  const { origin } = new URL(url);
  const why = code ?? shortened(error?.message ?? 'the connection broke');
  if (code === 'ECONNREFUSED')
    return `nothing listens at ${origin} (ECONNREFUSED), needed is the shop. Start it, or name its address with --url.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `found no host of the name in ${origin} (${code}), needed is the shop's. Look at --url.`;
  const certificate = certificateSentence(origin, error);
  if (certificate !== null) return certificate;
  return `found no answer of ${origin} (${why}), needed one. Is it the shop, and is it http or https?`;
}

function codeOf(error: unknown): string | null {
  for (let inner = error, depth = 0; depth < 4 && typeof inner === 'object' && inner !== null; depth += 1) {
    if ('code' in inner && typeof inner.code === 'string' && !inner.code.startsWith('UND_'))
      return inner.code;
    inner = 'cause' in inner ? inner.cause : null;
  }
  return null;
}

/** Messages of the shop's own came over a connection, and come no more. */
export function brokenOff(name: string, because: string): HttpFailure {
  return new HttpFailure({
    kind: `${name} broke off`,
    message: `${name}: found it broken off while somebody waited (${shortened(because)}), needed is one that lasts as long as the visit.`,
    status: null,
    isUnknown: true,
    isCounted: false,
  });
}

/** What was to be a stream of events is something else. */
export function noEventStream(name: string, status: number, type: string | null): HttpFailure {
  return new HttpFailure({
    kind: `${name} is no event stream`,
    message: `${name}: found HTTP ${status} with ${type ?? 'no content-type'}, needed 200 with text/event-stream. Is its path right?`,
    status,
    isUnknown: false,
    isCounted: true,
  });
}

/** The body is something else than JSON. */
export function noJson(name: string, status: number | null, body: string): HttpFailure {
  const isHtml = /^\s*<(!doctype|html)/i.test(body);
  const found = body === '' ? 'an empty body' : `${isHtml ? 'HTML' : 'text'} ("${shortened(body)}")`;
  return new HttpFailure({
    kind: `${name} is no JSON`,
    message: `${name}: found ${found}, needed JSON. Is this the address of the API?`,
    status,
    isUnknown: false,
    isCounted: false,
  });
}

/** What a GraphQL answer says in `errors`; null when it has none. */
export function graphqlFailure(name: string, status: number, body: unknown): HttpFailure | null {
  if (typeof body !== 'object' || body === null || !('errors' in body)) return null;
  const { errors } = body;
  if (!Array.isArray(errors) || errors.length === 0) return null;
  const { code, text } = firstError(errors[0]);
  // The rails look for it: a shop that answers 503 is overrun, whatever its body says besides.
  const answered = status >= 400 ? ` ${status}` : '';
  return new HttpFailure({
    kind: `${name} GraphQL ${code ?? 'error'}${answered}`,
    message: `${name}: found GraphQL errors (${[code, shortened(text, 160)].filter(Boolean).join(': ')}), needed none.`,
    status,
    isUnknown: false,
    isCounted: true,
  });
}

function firstError(error: unknown): { code: string | null; text: string } {
  if (typeof error !== 'object' || error === null) return { code: null, text: String(error) };
  const text = 'message' in error && typeof error.message === 'string' ? error.message : '';
  const extensions = 'extensions' in error ? error.extensions : null;
  const code =
    typeof extensions === 'object' && extensions !== null && 'code' in extensions ? extensions.code : null;
  return { code: typeof code === 'string' ? code : null, text };
}

/** The shop sends the visitor to an origin that the file does not name, or round and round. */
export function redirectFailure(name: string, status: number, to: string, isLoop: boolean): HttpFailure {
  return new HttpFailure({
    kind: `${name} redirected`,
    message: isLoop
      ? `${name}: found a redirect (${status}) after many others, to ${shortened(to)}, needed is a page. Does it want cookies or a sign-in?`
      : `${name}: found a redirect (${status}) to ${shortened(to)}, needed is one to a declared origin. Name it in \`origins\`, or ask for the right path.`,
    status,
    isUnknown: false,
    isCounted: true,
  });
}
