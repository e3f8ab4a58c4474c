// A request of HTTP/1.1 as the text that goes over the wire. Pure.

export type HttpRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query. */
  path: string;
  accessToken: string | null;
  /** Sent as JSON when it is given. */
  body?: unknown;
};

/** The whole request, and how it is to be encoded: plain ASCII goes out at half the cost. */
export type RequestText = { text: string; encoding: 'latin1' | 'utf8' };

/** What would end a line or a word of the head. */
const NO_WORD = /[^\x21-\x7e]/;

/**
 * Writes the requests to one host.
 * @throws Error for a path or a token with anything in it but visible ASCII
 */
export function requestTexts(host: string): (request: HttpRequest) => RequestText {
  const common = ` HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\naccept: application/json\r\n`;
  return ({ method, path, accessToken, body }) => {
    let text = `${method} ${word('path', path)}${common}`;
    if (accessToken !== null) text += `authorization: Bearer ${word('access token', accessToken)}\r\n`;
    if (body === undefined) {
      // Only these say by themselves that nothing follows.
      if (method === 'POST' || method === 'PUT') text += 'content-length: 0\r\n';
      return { text: `${text}\r\n`, encoding: 'latin1' };
    }
    const json = JSON.stringify(body);
    const length = Buffer.byteLength(json);
    text += `content-type: application/json\r\ncontent-length: ${length}\r\n\r\n${json}`;
    return { text, encoding: length === json.length ? 'latin1' : 'utf8' };
  };
}

function word(what: string, value: string): string {
  if (NO_WORD.test(value))
    throw new Error(
      `a ${what} of a request has something else in it than visible ASCII: ${JSON.stringify(value)}`,
    );
  return value;
}
