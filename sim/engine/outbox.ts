// Orders and sign-ups whose fate is known wait here for the next row, so that messages stay few.
import type { FromGenerator, GeneratorSecond, OrderAttempt, SignUpAttempt } from './protocol/protocol.ts';

export type Outbox = {
  addOrder(attempt: OrderAttempt): void;
  addSignUp(attempt: SignUpAttempt): void;
  /** Posts a row and what has gathered since the last one. */
  postRow(row: GeneratorSecond): void;
};

/** An empty outbox that sends with `post`. */
export function createOutbox(post: (message: FromGenerator) => void): Outbox {
  let orders: OrderAttempt[] = [];
  let signUps: SignUpAttempt[] = [];
  return {
    addOrder: (attempt) => void orders.push(attempt),
    addSignUp: (attempt) => void signUps.push(attempt),
    postRow(row) {
      post({ type: 'second', row });
      if (orders.length > 0) post({ type: 'orders', attempts: orders });
      if (signUps.length > 0) post({ type: 'sign-ups', attempts: signUps });
      orders = [];
      signUps = [];
    },
  };
}
