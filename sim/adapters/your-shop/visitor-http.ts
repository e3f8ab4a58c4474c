// A visitor's way to the shop: requests with cookies and headers of its own, each measured under the name that the adapter gives it.
import type { HttpResult } from '../../engine/transport/http-client.ts';
import type { PlainRequest } from '../../engine/transport/plain-client.ts';
import { ShopAnswer } from './answer.ts';
import { CookieJar } from './cookies.ts';
import type { Answer, Http, Messages, RequestOptions, Socket } from './define-shop.ts';
import { failureOf, graphqlFailure, type HttpFailure, redirectFailure } from './http-failure.ts';
import type { MessageQueue } from './message-queue.ts';
import { openPushes } from './open-pushes.ts';
import { type Opened, type Opening, openEvents, openSocket } from './pushes.ts';
import { reportRequest } from './report-request.ts';
import {
  type Body,
  bodyOf,
  headersOf,
  isRedirect,
  keepsMethod,
  type OwnHeaders,
  withHeaders,
} from './request-parts.ts';
import { ShopMistake } from './shop-mistake.ts';
import type { VisitorsHttp } from './visitors-http.ts';

const MOST_REDIRECTS = 10;

type Sending = {
  name: string;
  method: PlainRequest['method'];
  url: URL;
  body: Body;
  own: OwnHeaders | null;
  accept: readonly number[] | undefined;
  isGraphql: boolean;
  redirectCount: number;
};

/** A class, because visits are many and short: its methods are shared where closures would be made anew for each. */
export class VisitorHttp implements Http {
  private readonly all: VisitorsHttp;
  private readonly trace: string;
  private cookies: CookieJar | null = null;
  private own: Map<string, string> | null = null;
  private intendedMs: number | null = null;
  private expectedOrderId: string | null = null;
  private opened: MessageQueue[] | null = null;
  private isOver = false;

  constructor(all: VisitorsHttp) {
    this.all = all;
    this.trace = all.nextTrace();
  }

  /** A verb begins that was intended for `intendedMs`: its requests up to the first answer were meant for then. */
  begins(intendedMs: number): void {
    this.intendedMs = intendedMs;
  }

  /** What a checkout said about the order to come, once. */
  takeExpectedOrderId(): string | null {
    const orderId = this.expectedOrderId;
    this.expectedOrderId = null;
    return orderId;
  }

  /** Nothing is sent any more, whatever the adapter still does. */
  ends(): void {
    this.isOver = true;
    for (const pushes of this.opened ?? []) pushes.close();
  }

  get(name: string, path: string, options?: RequestOptions): Promise<Answer> {
    return this.ask('GET', name, path, options?.body, options);
  }

  post(name: string, path: string, body?: unknown, options?: RequestOptions): Promise<Answer> {
    return this.ask('POST', name, path, body ?? options?.body, options);
  }

  put(name: string, path: string, body?: unknown, options?: RequestOptions): Promise<Answer> {
    return this.ask('PUT', name, path, body ?? options?.body, options);
  }

  patch(name: string, path: string, body?: unknown, options?: RequestOptions): Promise<Answer> {
    return this.ask('PATCH', name, path, body ?? options?.body, options);
  }

  delete(name: string, path: string, options?: RequestOptions): Promise<Answer> {
    return this.ask('DELETE', name, path, options?.body, options);
  }

  async graphql<T = unknown>(
    name: string,
    document: string,
    variables?: Readonly<Record<string, unknown>>,
    options?: RequestOptions & { path?: string },
  ): Promise<{ data: T; answer: Answer }> {
    const path = options?.path ?? this.all.graphqlPath;
    const body = { query: document, ...(variables === undefined ? {} : { variables }) };
    const answer = await this.ask('POST', name, path, body, options, true);
    return { data: answer.json<{ data: T }>().data, answer };
  }

  events(
    name: string,
    path: string,
    options?: Pick<RequestOptions, 'headers'> & { event?: string },
  ): Promise<Messages> {
    const headers = { accept: 'text/event-stream', 'cache-control': 'no-store', ...options?.headers };
    return this.open(name, path, headers, (opening) => openEvents(opening, options?.event ?? 'message'));
  }

  socket(
    name: string,
    path: string,
    options?: Pick<RequestOptions, 'headers'> & { protocols?: readonly string[] },
  ): Promise<Socket> {
    return this.open(name, path, options?.headers, (opening) =>
      openSocket(opening, options?.protocols ?? []),
    );
  }

  header(name: string, value: string | null): void {
    const own = new Map(this.own);
    if (value === null) own.delete(name.toLowerCase());
    else own.set(name.toLowerCase(), value);
    this.own = own.size === 0 ? null : own;
  }

  orderWillBe(orderId: string): void {
    this.expectedOrderId = orderId;
  }

  private ask(
    method: PlainRequest['method'],
    name: string,
    path: string,
    body: unknown,
    options: RequestOptions | undefined,
    isGraphql = false,
  ): Promise<ShopAnswer> {
    const { all } = this;
    try {
      this.refuseAfterVisit(name);
      return this.send({
        name,
        method,
        url: all.connections.locate(name, path),
        body: bodyOf(body),
        own: withHeaders(this.own, options?.headers),
        accept: options?.accept,
        isGraphql,
        redirectCount: 0,
      });
    } catch (error) {
      return Promise.reject(error);
    }
  }

  private refuseAfterVisit(name: string): void {
    if (this.isOver) throw new ShopMistake(`${name}: it is asked after the visit is over, needed is before.`);
  }

  private headersFor(url: URL, type: string | null, own: OwnHeaders | null): string[] {
    return headersOf({
      common: this.all.commonHeaders,
      traceparent: `00-${this.trace}-${this.all.nextSpan()}-01`,
      cookie: this.cookies?.headerFor(url) ?? null,
      type,
      own,
    });
  }

  /** Opens what lasts until the visit is over. */
  private async open<Pushes extends MessageQueue>(
    name: string,
    path: string,
    headers: Readonly<Record<string, string>> | undefined,
    open: (opening: Opening) => Promise<Opened<Pushes>>,
  ): Promise<Pushes> {
    const { all } = this;
    this.refuseAfterVisit(name);
    const url = all.connections.locate(name, path);
    const asked = {
      name,
      url,
      headers: this.headersFor(url, null, withHeaders(this.own, headers)),
      intendedMs: this.intendedMs ?? all.timeline.nowMs(),
    };
    try {
      const pushes = await openPushes(all, asked, open);
      this.opened ??= [];
      this.opened.push(pushes);
      if (this.isOver) pushes.close();
      return pushes;
    } finally {
      this.intendedMs = null;
    }
  }

  private send(sending: Sending): Promise<ShopAnswer> {
    const { all } = this;
    const { url, method, body } = sending;
    const intendedMs = this.intendedMs ?? all.timeline.nowMs();
    const headers = this.headersFor(url, body?.type ?? null, sending.own);
    all.measures.count('requestsSent');
    return all.connections
      .send(url, { method, headers, text: body?.text ?? null })
      .then((result) => this.ended(sending, result, intendedMs));
  }

  private ended(sending: Sending, result: HttpResult, intendedMs: number): ShopAnswer | Promise<ShopAnswer> {
    this.intendedMs = null;
    const setCookie = result.kind === 'answer' ? result.headers['set-cookie'] : undefined;
    if (setCookie !== undefined) {
      this.cookies ??= new CookieJar(this.all.wallMs);
      this.cookies.keep(sending.url, setCookie);
    }
    const answer = result.kind === 'answer' ? new ShopAnswer(sending.name, result) : null;
    const next = answer === null ? null : this.redirectOf(sending, answer);
    const failure = next?.failure ?? this.failureOf(sending, result, answer);
    reportRequest(this.all, sending, result, intendedMs, failure);
    if (failure !== null) throw failure;
    if (next !== null) return this.send(next.sending);
    if (answer === null) throw new Error(`${sending.name} ended without answer and without failure`);
    return answer;
  }

  private failureOf(sending: Sending, result: HttpResult, answer: ShopAnswer | null): HttpFailure | null {
    const { name, url, accept, isGraphql } = sending;
    if (isGraphql && answer !== null) {
      const failure = graphqlFailure(name, answer.status, answer.jsonOrNothing());
      if (failure !== null) return failure;
    }
    return failureOf(name, url.href, result, accept);
  }

  /** Where the answer sends the visitor; null where it does not. */
  private redirectOf(
    sending: Sending,
    answer: ShopAnswer,
  ): { failure: HttpFailure | null; sending: Sending } | null {
    const { status } = answer;
    const to = answer.header('location');
    if (!isRedirect(status) || to === null || sending.accept?.includes(status)) return null;
    const url = URL.parse(to, sending.url.href);
    const isLoop = sending.redirectCount >= MOST_REDIRECTS;
    if (url === null || isLoop || !this.all.connections.isDeclared(url.origin))
      return { failure: redirectFailure(sending.name, status, url?.href ?? to, isLoop), sending };
    const asBefore = keepsMethod(status, sending.method);
    return {
      failure: null,
      sending: {
        ...sending,
        url,
        method: asBefore ? sending.method : 'GET',
        body: asBefore ? sending.body : null,
        redirectCount: sending.redirectCount + 1,
      },
    };
  }
}
