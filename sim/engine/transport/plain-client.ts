// HTTP to a shop of which nothing is known: undici, which has met more servers than http-client.ts, with the same results.
import { type Dispatcher, Pool } from 'undici';
import { starvationOf } from '../protocol/starvation.ts';
import { createDeadlineQueue, type DeadlineQueue, type Waiter } from '../timing/deadline-queue.ts';
import { inTurn } from '../timing/in-turn.ts';
import type { Timeline } from '../timing/timeline.ts';
import type { AnswerHeaders } from './answer-head.ts';
import type { HttpClient, HttpResult } from './http-client.ts';

/** A request just as it is given; names and values of headers in turn. */
export type PlainRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query. */
  path: string;
  headers: string[];
  text: string | null;
};

/** As createHttpClient. */
export function createPlainClient(options: {
  shopUrls: readonly string[];
  timeline: Timeline;
  deadlineMs: number;
  connectionCount: number;
}): HttpClient<PlainRequest> {
  const { timeline } = options;
  const pools = options.shopUrls.map(
    (url) =>
      new Pool(url, {
        connections: Math.ceil(options.connectionCount / options.shopUrls.length),
        pipelining: 1,
        headersTimeout: 0,
        bodyTimeout: 0,
        connect: { timeout: options.deadlineMs },
      }),
  );
  const nextPool = inTurn(pools);
  const deadlines = createDeadlineQueue(timeline, options.deadlineMs);
  return {
    send: (request) =>
      new Promise((resolve) => {
        nextPool().dispatch(dispatchOptions(request), new Exchange(timeline, deadlines, resolve));
      }),
    cutOff: deadlines.cutOff,
    async close() {
      deadlines.close();
      await Promise.all(pools.map((pool) => pool.destroy()));
    },
  };
}

/** One request under way. A class, because its methods are shared where closures would be made anew for each request. */
class Exchange implements Dispatcher.DispatchHandler, Waiter {
  private readonly timeline: Timeline;
  private readonly deadlines: DeadlineQueue;
  private readonly resolve: (result: HttpResult) => void;
  private readonly ticket: number;
  private readonly chunks: Buffer[] = [];
  private controller: Dispatcher.DispatchController | null = null;
  private isOver = false;
  private sentMs: number | null = null;
  private status = 0;
  private headers: AnswerHeaders = {};

  constructor(timeline: Timeline, deadlines: DeadlineQueue, resolve: (result: HttpResult) => void) {
    this.timeline = timeline;
    this.deadlines = deadlines;
    this.resolve = resolve;
    this.ticket = deadlines.add(this);
  }

  missed(): void {
    this.fail('timeout');
    this.controller?.abort(new Error('deadline passed'));
  }

  cutOff(): void {
    this.fail('unfinished');
    this.controller?.abort(new Error('the run is over'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // A request that waited for a connection until its deadline must not go out any more.
    if (this.isOver) controller.abort(new Error('deadline passed'));
    this.controller = controller;
    this.sentMs = this.timeline.nowMs();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: AnswerHeaders,
  ): void {
    this.status = statusCode;
    this.headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.isOver) return;
    const { chunks, headers, status } = this;
    const answeredMs = this.timeline.nowMs();
    this.end(new Answered(status, headers, chunks, this.sentMs ?? answeredMs, answeredMs));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.isOver) return;
    const lacked = starvationOf(error);
    if (lacked === null) this.fail('connection', error);
    else {
      const { sentMs } = this;
      this.end({ kind: 'no-answer', reason: 'starved', lacked, sentMs, endedMs: this.timeline.nowMs() });
    }
  }

  private fail(reason: 'timeout' | 'connection' | 'unfinished', error?: Error): void {
    const end = { kind: 'no-answer', reason, sentMs: this.sentMs, endedMs: this.timeline.nowMs() } as const;
    this.end(error === undefined ? end : { ...end, error });
  }

  private end(result: HttpResult): void {
    this.isOver = true;
    this.deadlines.meet(this.ticket);
    this.resolve(result);
  }
}

/** A class for the same reason; a body is read only when somebody asks for it. */
class Answered {
  readonly kind = 'answer';
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly sentMs: number;
  readonly answeredMs: number;
  private readonly chunks: Buffer[];

  constructor(status: number, headers: AnswerHeaders, chunks: Buffer[], sentMs: number, answeredMs: number) {
    this.status = status;
    this.headers = headers;
    this.chunks = chunks;
    this.sentMs = sentMs;
    this.answeredMs = answeredMs;
  }

  text(): string {
    const [first, ...others] = this.chunks;
    if (first === undefined) return '';
    return (others.length === 0 ? first : Buffer.concat(this.chunks)).toString('utf8');
  }

  json(): unknown {
    try {
      return JSON.parse(this.text());
    } catch {
      return undefined;
    }
  }
}

function dispatchOptions({ method, path, headers, text }: PlainRequest): Dispatcher.DispatchOptions {
  return { method, path, headers, body: text };
}
