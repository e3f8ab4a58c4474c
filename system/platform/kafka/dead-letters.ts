// What an operator does with messages that could not be handled: look at them, publish them again, let them go.
// How they are read and marked is platform/kafka-dead-letter-store.ts's.
import type { DeadLetter, DeadLetterStore } from './kafka-dead-letter-store.ts';

export const DEAD_LETTER_ACTIONS = ['list', 'retry', 'drop'] as const;
export type DeadLetterAction = (typeof DEAD_LETTER_ACTIONS)[number];

/** `place`, as the list shows it (`partition:offset`), selects one; else the oldest `limit` are meant. */
export type DeadLetterSelection = { place: string | null; limit: number };

const SHOWN_VALUE_LENGTH = 200;

/**
 * Does the action to the selected dead letters, one after the other, and prints a line for each. Stops at the first that
 * fails; those before it are done, and doing the same again goes on with the rest.
 */
export async function runDeadLetters(
  store: DeadLetterStore,
  action: DeadLetterAction,
  selection: DeadLetterSelection,
  print: (line: string) => void,
): Promise<void> {
  const open = await store.list();
  const selected = select(open, selection);
  for (const letter of selected) print(await act(store, action, letter));
  print(`${selected.length} of ${open.length} open dead letters${ENDING[action]}.`);
  if (action !== 'list' && selected.length > 0) await store.trim();
}

const ENDING: Record<DeadLetterAction, string> = {
  list: '',
  retry: ' published again',
  drop: ' dropped',
};

function select(open: readonly DeadLetter[], { place, limit }: DeadLetterSelection): DeadLetter[] {
  return open.filter((letter) => place === null || placeOf(letter) === place).slice(0, limit);
}

async function act(store: DeadLetterStore, action: DeadLetterAction, letter: DeadLetter): Promise<string> {
  switch (action) {
    case 'list':
      return describe(letter);
    case 'retry':
      await store.retry(letter);
      return `${placeOf(letter)} published again`;
    case 'drop':
      await store.drop(letter);
      return `${placeOf(letter)} dropped`;
  }
}

function placeOf({ partition, offset }: DeadLetter): string {
  return `${partition}:${offset}`;
}

// As JSON texts, so that nothing in a message can steer the terminal.
function describe(letter: DeadLetter): string {
  const value = letter.value === null ? 'null' : JSON.stringify(letter.value.toString('utf8'));
  const shown = value.length > SHOWN_VALUE_LENGTH ? `${value.slice(0, SHOWN_VALUE_LENGTH)}…` : value;
  const key = JSON.stringify(letter.key?.toString('utf8') ?? null);
  const first = `${placeOf(letter)}  ${letter.time.toISOString()}  was ${letter.source}  key ${key}`;
  return `${first}\n    ${JSON.stringify(letter.error)}\n    ${shown}`;
}
