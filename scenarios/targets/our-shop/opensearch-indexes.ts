// A run's indexes in OpenSearch: where their names begin, and their removal.

const WITHIN_MS = 30_000;

/** What the indexes of the run with this mark begin with. */
export function indexPrefixOf(mark: string): string {
  return `stampede-${mark}-`;
}

/** Names of all indexes and index templates that begin with `stampede-`. */
export async function markedIndexes(url: string): Promise<{ indexes: string[]; templates: string[] }> {
  const indexes = await ask<{ index: string }[]>(url, 'GET', '/_cat/indices/stampede-*?format=json&h=index');
  const { index_templates: templates } = await ask<{ index_templates: { name: string }[] }>(
    url,
    'GET',
    '/_index_template',
  );
  return {
    indexes: indexes.map(({ index }) => index),
    templates: templates.map(({ name }) => name).filter((name) => name.startsWith('stampede-')),
  };
}

/** Deletes the indexes and index templates that `isMeant` names; gives their names. */
export async function removeIndexes(url: string, isMeant: (name: string) => boolean): Promise<string[]> {
  const { indexes, templates } = await markedIndexes(url);
  const meant = indexes.filter(isMeant);
  // First what new indexes would be made by.
  for (const name of templates.filter(isMeant)) await ask(url, 'DELETE', `/_index_template/${name}`);
  for (const name of meant) await ask(url, 'DELETE', `/${name}`);
  return meant;
}

async function ask<T>(url: string, method: string, path: string): Promise<T> {
  const { origin, username, password } = new URL(url);
  const credentials = btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  const answer = await fetch(`${origin}${path}`, {
    method,
    headers: username === '' ? {} : { authorization: `Basic ${credentials}` },
    signal: AbortSignal.timeout(WITHIN_MS),
  });
  const said = await answer.text();
  // Somebody else may have been quicker to delete it.
  if (!answer.ok && !(method === 'DELETE' && answer.status === 404))
    throw new Error(`OpenSearch answers ${answer.status} to ${method} ${path}: ${said.slice(0, 300)}`);
  return JSON.parse(said) as T;
}
