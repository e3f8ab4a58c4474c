// Whether a scenario needs OpenSearch, in its own settings or in any of the variants and levels that it compares.
import type { Scenario } from './scenario.ts';

const ASKED = 'behaviour.store=opensearch';

export function needsOpensearch({ behaviour, comparison }: Scenario): boolean {
  const assignments = [
    ...Object.values(comparison?.variants ?? {}),
    ...Object.values(comparison?.levels ?? {}),
  ].flat();
  return behaviour.store === 'opensearch' || assignments.includes(ASKED);
}
