// JSON over HTTP to the shop: kept-alive connections, one deadline for all, every body read to its end. It knows
// nothing of what is asked; it says when a request went out and when its answer was complete.
import { type Dispatcher, Pool } from 'undici';
import { createDeadlineQueue } from './deadline-queue.ts';
import type { Timeline } from './timeline.ts';

export type HttpRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query. */
  path: string;
  accessToken: string | null;
  /** Sent as JSON when it is given. */
  body?: unknown;
};

/**
 * How a request ended. `sentMs` is when it was handed to a connection (null: it never was), `answeredMs` when the last
 * byte of the answer had come. `timeout` is the deadline of this client, `connection` any error below HTTP.
 */
export type HttpResult =
  | { kind: 'answer'; status: number; json: () => unknown; sentMs: number; answeredMs: number }
  | { kind: 'no-answer'; reason: 'timeout' | 'connection'; sentMs: number | null; endedMs: number };

export type HttpClient = {
  /** Never rejects. */
  send(request: HttpRequest): Promise<HttpResult>;
  close(): Promise<void>;
};

/** `deadlineMs` counts from the call of `send`; requests over `connectionCount` at a time wait for a connection. */
export function createHttpClient(options: {
  shopUrl: string;
  timeline: Timeline;
  deadlineMs: number;
  connectionCount: number;
}): HttpClient {
  const { timeline } = options;
  const pool = new Pool(options.shopUrl, {
    connections: options.connectionCount,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: options.deadlineMs },
  });
  const deadlines = createDeadlineQueue(timeline, options.deadlineMs);

  function send(request: HttpRequest): Promise<HttpResult> {
    return new Promise((resolve) => {
      let sentMs: number | null = null;
      let status = 0;
      let running: Dispatcher.DispatchController | null = null;
      const chunks: Buffer[] = [];
      const end = (result: HttpResult) => {
        deadline.meet();
        resolve(result);
      };
      const fail = (reason: 'timeout' | 'connection') =>
        end({ kind: 'no-answer', reason, sentMs, endedMs: timeline.nowMs() });
      const deadline = deadlines.add(() => {
        fail('timeout');
        running?.abort(new Error('deadline passed'));
      });
      pool.dispatch(dispatchOptions(request), {
        onRequestStart(controller) {
          // A request that waited for a connection until its deadline must not go out any more.
          if (deadline.isOver) controller.abort(new Error('deadline passed'));
          running = controller;
          sentMs = timeline.nowMs();
        },
        onResponseStart(_controller, statusCode) {
          status = statusCode;
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          if (deadline.isOver) return;
          const answeredMs = timeline.nowMs();
          end({
            kind: 'answer',
            status,
            json: () => parse(chunks),
            sentMs: sentMs ?? answeredMs,
            answeredMs,
          });
        },
        onResponseError() {
          if (!deadline.isOver) fail('connection');
        },
      });
    });
  }

  return {
    send,
    async close() {
      deadlines.close();
      await pool.destroy();
    },
  };
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
