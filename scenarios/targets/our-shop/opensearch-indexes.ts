// A run's indexes in OpenSearch: where their names begin, when products can be found in them, and their removal.
import { setTimeout as delay } from 'node:timers/promises';
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

const LOOK_EVERY_MS = 200;
/** A catalogue of 20,000 products takes some seconds on a machine that is in use. */
const WHOLE_WITHIN_MS = 120_000;

/**
 * Waits until the shop has all products in its index; before, PostgreSQL answers the searches and what is measured is another shop.
 * @throws Error when that takes longer than two minutes
 */
export async function untilProductsAreIndexed(
  { url, prefix }: { url: string; prefix: string },
  withinMs = WHOLE_WITHIN_MS,
): Promise<void> {
  const index = `${prefix}products`;
  const deadlineMs = performance.now() + withinMs;
  // Written behind the products (system/catalog/search/product-index.ts). With a star an index that is not there yet is no error.
  type Mappings = Record<string, { mappings: { _meta?: { upTo?: string } } }>;
  for (;;) {
    const mappings = await ask<Mappings>(url, 'GET', `/${index}*/_mapping`);
    if (mappings[index]?.mappings._meta?.upTo !== undefined) return;
    if (performance.now() > deadlineMs)
      throw new Error(
        `Not all products were in index ${index} of OpenSearch after ${withinMs / 1_000} s; the log of the API says why.`,
      );
    await delay(LOOK_EVERY_MS);
  }
}
