// Entry point: renews the tables of docs/scale.md after a change of the figures in parts.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTables } from './table.ts';

const DOCUMENT = join(import.meta.dirname, '../../../docs/scale.md');

writeFileSync(DOCUMENT, withTables(readFileSync(DOCUMENT, 'utf8')));
console.log(`wrote ${DOCUMENT}`);
