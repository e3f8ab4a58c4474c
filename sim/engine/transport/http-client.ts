// JSON over HTTP to the shop: kept-alive connections, one deadline for all, every body read to its end. It knows
// nothing of what is asked; it says when a request went out and when its answer was complete.
import { type Dispatcher, Pool } from 'undici';
import { type StarvationCode, starvationOf } from '../protocol/starvation.ts';
import { createDeadlineQueue, type DeadlineQueue, type Waiter } from '../timing/deadline-queue.ts';
import { inTurn } from '../timing/in-turn.ts';
import type { Timeline } from '../timing/timeline.ts';

export type HttpRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query. */
  path: string;
  accessToken: string | null;
  /** Sent as JSON when it is given. */
  body?: unknown;
};

export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

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
      json: () => unknown;
      sentMs: number;
      answeredMs: number;
    }
  | {
      kind: 'no-answer';
      reason: 'timeout' | 'connection' | 'unfinished';
      sentMs: number | null;
      endedMs: number;
    }
  | {
      kind: 'no-answer';
      reason: 'starved';
      lacked: StarvationCode;
      sentMs: number | null;
      endedMs: number;
    };

export type HttpClient = {
  /** Never rejects. */
  send(request: HttpRequest): Promise<HttpResult>;
  /** Ends all requests that are under way, as `unfinished`; those sent later are not touched. */
  cutOff(): void;
  close(): Promise<void>;
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
    this.end({
      kind: 'answer',
      status,
      headers,
      json: () => parse(chunks),
      sentMs: this.sentMs ?? answeredMs,
      answeredMs,
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.isOver) return;
    const lacked = starvationOf(error);
    if (lacked === null) this.fail('connection');
    else {
      const { sentMs } = this;
      this.end({ kind: 'no-answer', reason: 'starved', lacked, sentMs, endedMs: this.timeline.nowMs() });
    }
  }

  private fail(reason: 'timeout' | 'connection' | 'unfinished'): void {
    this.end({ kind: 'no-answer', reason, sentMs: this.sentMs, endedMs: this.timeline.nowMs() });
  }

  private end(result: HttpResult): void {
    this.isOver = true;
    this.deadlines.meet(this.ticket);
    this.resolve(result);
  }
}

function dispatchOptions(request: HttpRequest): Dispatcher.DispatchOptions {
  const headers = ['accept', 'application/json'];
  if (request.accessToken !== null) headers.push('authorization', `Bearer ${request.accessToken}`);
  if (request.body === undefined) return { method: request.method, path: request.path, headers };
  headers.push('content-type', 'application/json');
  return { method: request.method, path: request.path, headers, body: JSON.stringify(request.body) };
}

/** The body as JSON; undefined when it is empty or is no JSON. */
function parse(chunks: Buffer[]): unknown {
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}
