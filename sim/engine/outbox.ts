// Attempts whose fate is known wait here for the next row, so that messages stay few.
import type { AttemptMade, FromGenerator, GeneratorSecond } from './protocol/protocol.ts';

export type Outbox = {
  add(attempt: AttemptMade): void;
  /** Posts a row and what has gathered since the last one. */
  postRow(row: GeneratorSecond): void;
};

/** An empty outbox that sends with `post`. */
export function createOutbox(post: (message: FromGenerator) => void): Outbox {
  let gathered: AttemptMade[] = [];
  return {
    add: (attempt) => void gathered.push(attempt),
    postRow(row) {
      post({ type: 'second', row });
      if (gathered.length > 0) post({ type: 'attempts', attempts: gathered });
      gathered = [];
    },
  };
}
