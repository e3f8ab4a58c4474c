// Whether the browsers that a scenario wants beside its load can be started at all, asked before anything starts.
import type { BrowserSearch } from '../../deploy/local/programs/find-browser.ts';
import { browserCountOf } from '../scenario/browsers.ts';
import type { Scenario } from '../scenario/scenario.ts';

export function chromiumMistakes({ load }: Pick<Scenario, 'load'>, search: BrowserSearch): string[] {
  const count = browserCountOf(load);
  return count === 0 || 'path' in search ? [] : [`load.browsers=${count}: ${search.missing}.`];
}
