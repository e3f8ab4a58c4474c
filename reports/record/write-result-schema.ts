// Entry point: renews `docs/result.schema.json` after a change of the schema in result.ts.
import { writeFileSync } from 'node:fs';
import { RESULT_SCHEMA_PATH, resultSchemaText } from './result-schema.ts';

writeFileSync(RESULT_SCHEMA_PATH, resultSchemaText());
console.log(`wrote ${RESULT_SCHEMA_PATH}`);
