// JSON over HTTP to the shop: kept-alive connections, one deadline for all, every body read to its end. It knows
// nothing of what is asked; it says when a request went out and when its answer was complete. Why it is no library's: README.md.
import { type StarvationCode, starvationOf } from '../protocol/starvation.ts';
import { createDeadlineQueue, type DeadlineQueue, type Waiter } from '../timing/deadline-queue.ts';
import { inTurn } from '../timing/in-turn.ts';
import type { Timeline } from '../timing/timeline.ts';
import type { AnswerHead, AnswerHeaders } from './answer-head.ts';
import type { Connection } from './connection.ts';
import { createConnectionPool, type Waiting } from './connection-pool.ts';
import { type HttpRequest, type RequestText, requestTexts } from './request-text.ts';

/**
 * How a request ended. `sentMs` is when it was handed to a connection (null: it never was), `answeredMs` when the last
 * byte of the answer had come. `timeout` is the deadline of this client, `connection` any error below HTTP, `unfinished` a
 * request that was under way when everything was cut off. `starved` is this process's own lack of something: `lacked`.
 */
export type HttpResult =
  | {
      kind: 'answer';
      status: number;
      /** By name in lower case. */
      headers: AnswerHeaders;
      /** The body as JSON; undefined when it is empty or is no JSON. */
      json: () => unknown;
      sentMs: number;
      answeredMs: number;
      /** The body as it came, where the client gives it. */
      text?: () => string;
    }
  | {
      kind: 'no-answer';
      reason: 'timeout' | 'connection' | 'unfinished';
      sentMs: number | null;
      endedMs: number;
      /** What went wrong below HTTP, where the client tells it. */
      error?: Error;
    }
  | {
      kind: 'no-answer';
      reason: 'starved';
      lacked: StarvationCode;
      sentMs: number | null;
      endedMs: number;
    };

/** One for our own shop (createHttpClient), one for any (createPlainClient). */
export type HttpClient<Request = HttpRequest> = {
  /** Resolves however the request ends; rejects only where it cannot be written, and then nothing was sent. */
  send(request: Request): Promise<HttpResult>;
  /** Ends all requests that are under way, as `unfinished`; those sent later are not touched. */
  cutOff(): void;
  close(): void | Promise<void>;
};

/**
 * `deadlineMs` counts from the call of `send`; requests over `connectionCount` at a time wait for a connection. Several
 * URLs (at least one) take requests in turn and share the connections.
 */
export function createHttpClient(options: {
  shopUrls: readonly string[];
  timeline: Timeline;
  deadlineMs: number;
  connectionCount: number;
}): HttpClient {
  const { timeline, deadlineMs } = options;
  const shops = options.shopUrls.map((shopUrl) => {
    const url = new URL(shopUrl);
    const isSecure = url.protocol === 'https:';
    const pool = createConnectionPool({
      // Without the brackets of an IPv6 address.
      origin: {
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: Number(url.port || (isSecure ? 443 : 80)),
        isSecure,
      },
      connectionCount: Math.ceil(options.connectionCount / options.shopUrls.length),
      connectDeadlineMs: deadlineMs,
      nowMs: timeline.nowMs,
    });
    return { pool, textOf: requestTexts(url.host) };
  });
  const nextShop = inTurn(shops);
  const deadlines = createDeadlineQueue(timeline, deadlineMs);
  return {
    send: (request) =>
      new Promise((resolve) => {
        const { pool, textOf } = nextShop();
        pool.add(new Exchange({ timeline, deadlines }, textOf(request), resolve));
      }),
    cutOff: deadlines.cutOff,
    close() {
      deadlines.close();
      for (const { pool } of shops) pool.close();
    },
  };
}

type ExchangeDeps = { timeline: Timeline; deadlines: DeadlineQueue };

/** One request under way. A class, because its methods are shared where closures would be made anew for each request. */
class Exchange implements Waiting, Waiter {
  private readonly deps: ExchangeDeps;
  private readonly request: RequestText;
  private readonly resolve: (result: HttpResult) => void;
  private readonly ticket: number;
  private connection: Connection | null = null;
  private isOver = false;
  private sentMs: number | null = null;

  constructor(deps: ExchangeDeps, request: RequestText, resolve: (result: HttpResult) => void) {
    this.deps = deps;
    this.request = request;
    this.resolve = resolve;
    this.ticket = deps.deadlines.add(this);
  }

  missed(): void {
    this.giveUp('timeout');
  }

  cutOff(): void {
    this.giveUp('unfinished');
  }

  /** A request that waited for a connection until its deadline must not go out any more. */
  isWanted(): boolean {
    return !this.isOver;
  }

  begin(connection: Connection): void {
    this.connection = connection;
    this.sentMs = this.deps.timeline.nowMs();
    connection.send(this.request.text, this.request.encoding, this);
  }

  answered(head: AnswerHead, body: Buffer[]): void {
    const answeredMs = this.deps.timeline.nowMs();
    this.end(new Answered(head, body, this.sentMs ?? answeredMs, answeredMs));
  }

  failed(error: Error): void {
    const lacked = starvationOf(error);
    if (lacked === null) {
      this.fail('connection');
      return;
    }
    const { sentMs } = this;
    this.end({ kind: 'no-answer', reason: 'starved', lacked, sentMs, endedMs: this.deps.timeline.nowMs() });
  }

  private giveUp(reason: 'timeout' | 'unfinished'): void {
    this.fail(reason);
    this.connection?.abandon();
  }

  private fail(reason: 'timeout' | 'connection' | 'unfinished'): void {
    this.end({ kind: 'no-answer', reason, sentMs: this.sentMs, endedMs: this.deps.timeline.nowMs() });
  }

  private end(result: HttpResult): void {
    this.isOver = true;
    this.deps.deadlines.meet(this.ticket);
    this.resolve(result);
  }
}

/** A class for the same reason; headers and body are read only when somebody asks for them. */
class Answered {
  readonly kind = 'answer';
  readonly status: number;
  readonly sentMs: number;
  readonly answeredMs: number;
  private readonly head: AnswerHead;
  private readonly body: Buffer[];

  constructor(head: AnswerHead, body: Buffer[], sentMs: number, answeredMs: number) {
    this.status = head.status;
    this.sentMs = sentMs;
    this.answeredMs = answeredMs;
    this.head = head;
    this.body = body;
  }

  get headers(): AnswerHeaders {
    return this.head.headers;
  }

  json(): unknown {
    return parse(this.body);
  }
}

/** The body as JSON; undefined when it is empty or is no JSON. */
function parse(chunks: Buffer[]): unknown {
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}
