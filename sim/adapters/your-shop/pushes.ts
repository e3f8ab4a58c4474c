// What a shop tells by itself, on connections of its own beside those of the requests: server-sent events, and messages of a WebSocket.
import { type Agent, WebSocket } from 'undici';
import type { Timeline } from '../../engine/timing/timeline.ts';
import type { HttpResult } from '../../engine/transport/http-client.ts';
import type { Socket } from './define-shop.ts';
import { createEventReader } from './event-stream.ts';
import { brokenOff } from './http-failure.ts';
import { MessageQueue } from './message-queue.ts';

/** What is opened; names and values of headers in turn. */
export type Opening = {
  agent: Agent;
  timeline: Timeline;
  deadlineMs: number;
  name: string;
  url: URL;
  headers: readonly string[];
};

/** How the shop answered to being asked; `pushes` is null where it did not agree. */
export type Opened<Pushes> = { result: HttpResult; pushes: Pushes | null };

/** Opens a stream of server-sent events and reads those of the type `event`. Never rejects. */
export async function openEvents(opening: Opening, event: string): Promise<Opened<MessageQueue>> {
  const { agent, timeline, deadlineMs, name, url, headers } = opening;
  const sentMs = timeline.nowMs();
  const ending = new AbortController();
  // Connections that last have no limit on a body: one that is no stream must end in time, too.
  const callOff = timeline.wakeAt(sentMs + deadlineMs, () => ending.abort(TOO_LATE));
  try {
    const {
      statusCode,
      headers: given,
      body,
    } = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: [...headers],
      signal: ending.signal,
    });
    const answeredMs = timeline.nowMs();
    const isStream = statusCode === 200 && /^text\/event-stream\b/i.test(String(given['content-type']));
    const text = isStream ? '' : await body.text();
    const result = answerOf(statusCode, given, text, sentMs, answeredMs);
    if (!isStream) return { result, pushes: null };
    const queue = new MessageQueue(name, () => ending.abort());
    void readEvents(body, event, queue, name);
    return { result, pushes: queue };
  } catch (error) {
    return { result: noAnswer(error, sentMs, timeline.nowMs()), pushes: null };
  } finally {
    callOff();
  }
}

const TOO_LATE = Object.assign(new Error('no answer before the deadline'), { code: 'OPENING_TIMEOUT' });

async function readEvents(
  body: AsyncIterable<Buffer>,
  event: string,
  queue: MessageQueue,
  name: string,
): Promise<void> {
  const decoder = new TextDecoder();
  const read = createEventReader((type, data) => {
    if (type === event) queue.push(data);
  });
  try {
    for await (const chunk of body) read(decoder.decode(chunk, { stream: true }));
    queue.fail(brokenOff(name, 'the shop ended it'));
  } catch (error) {
    queue.fail(brokenOff(name, wordsOf(error)));
  }
}

class SocketQueue extends MessageQueue implements Socket {
  private readonly socket: WebSocket;

  constructor(name: string, socket: WebSocket) {
    super(name, () => socket.close());
    this.socket = socket;
  }

  send(data: unknown): void {
    this.socket.send(typeof data === 'string' ? data : JSON.stringify(data));
  }
}

/** Opens a WebSocket; `protocols` are those that it offers. Never rejects. */
export function openSocket(
  { agent, timeline, deadlineMs, name, url, headers }: Opening,
  protocols: readonly string[],
): Promise<Opened<SocketQueue>> {
  const sentMs = timeline.nowMs();
  const address = new URL(url);
  address.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(address, {
    protocols: [...protocols],
    dispatcher: agent,
    headers: Object.fromEntries(pairsOf(headers)),
  });
  socket.binaryType = 'arraybuffer';
  const queue = new SocketQueue(name, socket);
  return new Promise((resolve) => {
    let error: unknown = null;
    const ends = (opened: Opened<SocketQueue>): void => {
      callOff();
      resolve(opened);
    };
    const callOff = timeline.wakeAt(sentMs + deadlineMs, () => {
      resolve({
        result: { kind: 'no-answer', reason: 'timeout', sentMs, endedMs: timeline.nowMs() },
        pushes: null,
      });
      socket.close();
    });
    socket.onopen = () => {
      ends({ result: answerOf(SWITCHED, {}, '', sentMs, timeline.nowMs()), pushes: queue });
    };
    socket.onmessage = ({ data }) =>
      queue.push(typeof data === 'string' ? data : Buffer.from(data).toString());
    socket.onerror = (event) => {
      error = event.error;
    };
    socket.onclose = ({ code, reason }) => {
      ends({ result: noAnswer(error, sentMs, timeline.nowMs()), pushes: null });
      queue.fail(brokenOff(name, `the shop closed it (${[code, reason].filter(Boolean).join(' ')})`));
    };
  });
}

const SWITCHED = 101;

function answerOf(
  status: number,
  headers: Record<string, string | string[] | undefined>,
  text: string,
  sentMs: number,
  answeredMs: number,
): HttpResult {
  const given = Object.fromEntries(
    Object.entries(headers).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  return {
    kind: 'answer',
    status,
    headers: given,
    json: () => undefined,
    text: () => text,
    sentMs,
    answeredMs,
  };
}

function noAnswer(error: unknown, sentMs: number, endedMs: number): HttpResult {
  const late = error instanceof Error && 'code' in error && String(error.code).endsWith('_TIMEOUT');
  const common = { kind: 'no-answer', sentMs, endedMs } as const;
  if (late) return { ...common, reason: 'timeout' };
  return { ...common, reason: 'connection', ...(error instanceof Error ? { error } : {}) };
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function pairsOf(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [
    flat[2 * index] ?? '',
    flat[2 * index + 1] ?? '',
  ]);
}
