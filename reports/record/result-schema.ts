// The published JSON Schema of `result.json` as text, for programs that are not ours. It is made from the schema that
// the writer and the reader use, so that the two cannot differ.
import { join } from 'node:path';
import { RunResult } from './result.ts';

export const RESULT_SCHEMA_PATH = join(import.meta.dirname, '..', '..', 'docs', 'result.schema.json');
export const RENEW_COMMAND = 'node reports/record/write-result-schema.ts';

const LINE_WIDTH = 110;

/** The content of `docs/result.schema.json`. */
export function resultSchemaText(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Stampede result.json, version 1',
    description: `What a rehearsal found. Made by \`${RENEW_COMMAND}\`; not edited by hand.`,
    ...RunResult,
  };
  return `${onOneLine(JSON.stringify(schema, null, 2))}\n`;
}

/** Lists of names on one line where they fit, as the formatter of this repository writes them. */
function onOneLine(json: string): string {
  return json.replaceAll(/^(.*)\[\n\s*("[^[\]{}]*?")\n\s*\](,?)$/gm, (list, start, items, end) => {
    const line = `${start}[${items.replaceAll(/\n\s*/g, ' ')}]${end}`;
    return line.length <= LINE_WIDTH ? line : list;
  });
}
