// The store that the settings name.
import type { BehaviourStoreName } from '../../contract/processes.ts';
import { createOpenSearch } from '../../platform/opensearch/opensearch.ts';
import type { Database } from '../../platform/postgres/postgres.ts';
import { createOpenSearchBehaviourStore } from './opensearch-store.ts';
import { createPostgresBehaviourStore } from './postgres-store.ts';
import type { BehaviourStore } from './store.ts';

/** Opens nothing that must be closed. */
export function createBehaviourStore(
  config: {
    behaviourStore: BehaviourStoreName;
    openSearchUrl: string;
    openSearchPrefix: string;
    behaviourRetentionDays: number;
  },
  database: Database,
): BehaviourStore {
  const retentionDays = config.behaviourRetentionDays;
  return config.behaviourStore === 'postgres'
    ? createPostgresBehaviourStore({ database, retentionDays })
    : createOpenSearchBehaviourStore({
        // Its connections open with the first request, are let go when idle and keep no process alive.
        openSearch: createOpenSearch(config.openSearchUrl),
        prefix: config.openSearchPrefix,
        retentionDays,
      });
}
