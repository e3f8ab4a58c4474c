// What a catalogue is known by: two that are alike have the same.
import { createHash } from 'node:crypto';
import type { GeneratorInput } from '../../sim/generator/input.ts';
import { historyCatalogue } from '../../sim/history/year/year.ts';

let last: { of: string; hash: string } | null = null;

/** SHA-256 of the catalogue that these settings make. Making it takes as long as a generator's own; the last one is kept. */
export function catalogueHash(history: GeneratorInput['history']): string {
  const of = JSON.stringify(history);
  if (last?.of === of) return last.hash;
  const hash = createHash('sha256')
    .update(JSON.stringify(historyCatalogue(history)))
    .digest('hex');
  last = { of, hash };
  return hash;
}
