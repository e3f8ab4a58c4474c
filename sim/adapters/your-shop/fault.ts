// Where in somebody's file an error comes from.
import { basename, dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HttpFailure } from './http-failure.ts';
import { ShopMistake, shortened } from './shop-mistake.ts';
import type { VerbName } from './verbs.ts';

/** What of the file was at work. */
export type AtWork = VerbName | 'visit' | 'catalogue' | 'people' | 'audit' | 'webhooks' | 'the file itself';

/** Our own code, which calls the file and is called by it. */
const OURS = dirname(dirname(import.meta.dirname));

/** "my-shop.ts:12" of the innermost frame of the stack that is not ours; null where there is none. */
export function placeOf(stack: string | undefined, file: string): string | null {
  const frames = (stack ?? '').split('\n').flatMap((line) => frameOf(line) ?? []);
  const own = frames.find(({ path }) => path === file) ?? frames.find(({ path }) => !path.startsWith(OURS));
  if (own === undefined) return null;
  const path = relative(dirname(file), own.path);
  return `${path.startsWith('..') ? basename(path) : path}:${own.line}`;
}

/** Frames end with `file:///folder/my-shop.ts:12:34`, syntax errors begin with the same without a column; Node's own have no folder. */
function frameOf(line: string): { path: string; line: number } | null {
  const found = /(?:^|[\s(])(file:\/\/\/[^\s)]+?|\/[^\s():]+):(\d+)(?::\d+)?\)?$/.exec(line.trim());
  const [, where = '', number = ''] = found ?? [];
  if (where === '') return null;
  const path = where.startsWith('file:') ? fileURLToPath(where) : where;
  return { path, line: Number(number) };
}

/**
 * Verb, place and what was wrong, in one line: "product (my-shop.ts:12): Cannot read properties of undefined (reading 'id')". What
 * the shop or the file's author is told by a sentence of its own stands as it is.
 */
export function faultSentence(atWork: AtWork, error: unknown, file: string): string {
  if (error instanceof ShopMistake) return error.message;
  if (error instanceof HttpFailure) return `${atWork}: ${error.message}`;
  const place = placeOf(error instanceof Error ? error.stack : undefined, file) ?? basename(file);
  const name = error instanceof Error && error.name !== 'Error' ? `${error.name}: ` : '';
  const words = error instanceof Error ? error.message : `threw ${shortened(String(error))}`;
  return `${atWork} (${place}): ${name}${shortened(words, 240)}`;
}

/** Names faults for the table of failures: by verb and place, so that messages that name ids make no kinds of their own. */
export function createFaultKinds(file: string): (atWork: AtWork, error: unknown) => string {
  const kinds = new Map<string, string>();
  return (atWork, error) => {
    if (error instanceof HttpFailure) return error.kind;
    const place = placeOf(error instanceof Error ? error.stack : undefined, file) ?? basename(file);
    const key = `${atWork} ${place}`;
    const kind = kinds.get(key) ?? `adapter threw in ${faultSentence(atWork, error, file)}`;
    kinds.set(key, kind);
    return kind;
  };
}
