// Opens what the shop tells by itself, measured like a request of its name.
import type { HttpResult } from '../../engine/transport/http-client.ts';
import { failureOf, type HttpFailure, noEventStream } from './http-failure.ts';
import type { MessageQueue } from './message-queue.ts';
import type { Opened, Opening } from './pushes.ts';
import { reportRequest } from './report-request.ts';
import type { VisitorsHttp } from './visitors-http.ts';

/** The answer to a WebSocket. */
const SWITCHED = 101;

/** Rejects as a request does, or with a HttpFailure where the shop answers well and with something else. */
export async function openPushes<Pushes extends MessageQueue>(
  all: VisitorsHttp,
  asked: Pick<Opening, 'name' | 'url' | 'headers'> & { intendedMs: number },
  open: (opening: Opening) => Promise<Opened<Pushes>>,
): Promise<Pushes> {
  const { timeline, deadlineMs, connections, measures } = all;
  const { name, url, headers, intendedMs } = asked;
  measures.count('requestsSent');
  const { result, pushes } = await open({
    agent: connections.lasting(),
    timeline,
    deadlineMs,
    name,
    url,
    headers,
  });
  const failure =
    failureOf(name, url.href, result, [SWITCHED]) ?? (pushes === null ? somethingElse(name, result) : null);
  reportRequest(all, { name, method: 'GET', url }, result, intendedMs, failure);
  if (failure !== null) throw failure;
  if (pushes === null) throw new Error(`${name} was opened and says nothing`);
  return pushes;
}

function somethingElse(name: string, result: HttpResult): HttpFailure | null {
  if (result.kind !== 'answer') return null;
  const type = result.headers['content-type'];
  return noEventStream(name, result.status, typeof type === 'string' ? type : null);
}
