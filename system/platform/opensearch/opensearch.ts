// Requests to OpenSearch over HTTP: JSON, newline-delimited JSON for bulk, and who is at fault when one fails.
import { Pool } from 'undici';

const REQUEST_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 2_000;
const CONNECTIONS = 8;

/** OpenSearch is away or refuses its service: the same request works once that is mended. */
export class OpenSearchOutage extends Error {
  constructor(words: string, options?: ErrorOptions) {
    super(words, options);
    this.name = 'OpenSearchOutage';
  }
}

export type OpenSearch = {
  /**
   * Sends a request; `body` is JSON, or lines of it. Gives the answer's body.
   * @throws OpenSearchOutage; Error with what OpenSearch said where it refuses the request itself
   */
  request<T>(
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    body?: object | readonly object[],
  ): Promise<T>;
  close(): Promise<void>;
};

/**
 * @param url may hold a name and a password.
 * @param timeoutMs that a request waits for an answer; default 10 s.
 */
export function createOpenSearch(url: string, timeoutMs = REQUEST_TIMEOUT_MS): OpenSearch {
  const { origin, username, password } = new URL(url);
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: Math.min(timeoutMs, CONNECT_TIMEOUT_MS) },
  });
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const headers = {
    'content-type': 'application/json',
    ...(username !== '' && { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }),
  };
  return {
    async request<T>(
      method: 'GET' | 'PUT' | 'POST' | 'DELETE',
      path: string,
      body?: object | readonly object[],
    ): Promise<T> {
      const text =
        body === undefined
          ? null
          : Array.isArray(body)
            ? `${body.map((line) => JSON.stringify(line)).join('\n')}\n`
            : JSON.stringify(body);
      const answer = await pool.request({ method, path, headers, body: text }).catch((cause: Error) => {
        throw new OpenSearchOutage(`OpenSearch does not answer: ${cause.message}`, { cause });
      });
      const said = await answer.body.text();
      if (answer.statusCode < 300) return JSON.parse(said) as T;
      const words = `OpenSearch answers ${answer.statusCode} to ${method} ${path}: ${said.slice(0, 500)}`;
      if (answer.statusCode === 429 || answer.statusCode >= 500 || [401, 403].includes(answer.statusCode))
        throw new OpenSearchOutage(words);
      throw new Error(words);
    },
    close: () => pool.close(),
  };
}
