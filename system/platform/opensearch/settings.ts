// Where OpenSearch is: the settings that all share who keep something there.
import { type Environment, type Parsed, pattern, type ShopSettings, url } from '../settings/settings.ts';

export type OpenSearchConfig = Readonly<{ openSearchUrl: string; openSearchPrefix: string }>;

/** Needed only where something is kept there. */
function openSearchUrlOf(
  text: string,
  { BEHAVIOUR_STORE = '', SEARCH_STORE = '' }: Environment,
): Parsed<string> {
  if (text === '' && ![BEHAVIOUR_STORE, SEARCH_STORE].includes('opensearch')) return { value: '' };
  return url('http:', 'https:')(text);
}

export const openSearchSettings: ShopSettings<OpenSearchConfig> = {
  openSearchUrl: {
    variable: 'OPENSEARCH_URL',
    fallback: '',
    meaning: 'OpenSearch; needed where BEHAVIOUR_STORE or SEARCH_STORE is opensearch',
    parse: openSearchUrlOf,
  },
  openSearchPrefix: {
    variable: 'OPENSEARCH_PREFIX',
    fallback: '',
    meaning: 'prefix of every index',
    parse: pattern(/^([a-z0-9][a-z0-9._-]{0,60})?$/, 'up to 61 small letters, digits, . _ -'),
  },
};
