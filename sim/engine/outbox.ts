// Attempts whose fate is known wait here for others or for the next row, so that messages stay few.
import type { AttemptMade, FromGenerator, GeneratorSecond } from './protocol/protocol.ts';

export type Outbox = {
  add(attempt: AttemptMade): void;
  /** Posts a row and what is gathered. */
  postRow(row: GeneratorSecond): void;
};

/** So many go at once: a second's together would hold up the sends, and what waits that long outlives its young generation. */
const GATHERED_AT_MOST = 100;

/** An empty outbox that sends with `post`. */
export function createOutbox(post: (message: FromGenerator) => void): Outbox {
  let gathered: AttemptMade[] = [];

  function postGathered(): void {
    if (gathered.length === 0) return;
    post({ type: 'attempts', attempts: gathered });
    gathered = [];
  }

  return {
    add(attempt) {
      gathered.push(attempt);
      if (gathered.length >= GATHERED_AT_MOST) postGathered();
    },
    postRow(row) {
      post({ type: 'second', row });
      postGathered();
    },
  };
}
