// Takes away what was opened, in reverse order. What cannot be taken away is told, with the command that does it by hand;
// it keeps neither the others nor the work's own outcome from being what they are.
import { wordsOf } from './process-end.ts';

/** What stays when closing fails, and how a person removes it. */
export type Remains = { what: string; remedy: string };

export type CleanUp = AsyncDisposable & {
  /** Has `close` run at the end, before those that were added earlier. */
  later(remains: Remains, close: () => Promise<unknown> | unknown): void;
};

/** Empty at first; `await using` runs it. Disposing never rejects: `onLeft` gets a sentence for each that failed. */
export function createCleanUp(onLeft: (sentence: string) => void): CleanUp {
  const stack = new AsyncDisposableStack();
  return {
    later({ what, remedy }, close) {
      stack.defer(async () => {
        try {
          await close();
        } catch (error) {
          onLeft(`Left behind: ${what} (${wordsOf(error)}). ${remedy}`);
        }
      });
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
