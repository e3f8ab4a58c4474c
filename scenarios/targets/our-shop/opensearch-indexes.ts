// A run's indexes in OpenSearch: where their names begin, and their removal.
import { askOpensearch as ask } from './ask-opensearch.ts';

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
