// A request to the OpenSearch of a run, as whoever runs the services sends it: not the shop.

const WITHIN_MS = 30_000;

/**
 * Sends a request, with JSON where there is a body, and gives the answer's JSON; `url` may hold a name and a password.
 * @throws Error with what OpenSearch said where it refuses; what is to be deleted and is not there is no refusal
 */
export async function askOpensearch<T>(
  url: string,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<T> {
  const { origin, username, password } = new URL(url);
  const credentials = btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  const answer = await fetch(`${origin}${path}`, {
    method,
    headers: {
      ...(username === '' ? {} : { authorization: `Basic ${credentials}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(WITHIN_MS),
  });
  const said = await answer.text();
  // Somebody else may have been quicker to delete it.
  if (!answer.ok && !(method === 'DELETE' && answer.status === 404))
    throw new Error(`OpenSearch answers ${answer.status} to ${method} ${path}: ${said.slice(0, 300)}`);
  return JSON.parse(said) as T;
}
