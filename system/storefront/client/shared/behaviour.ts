// Tells the shop what a signed-in shopper does, gathered into batches. Nobody waits for it, and what it cannot tell it drops
// rather than disturb anybody.
import { uuidv7 } from 'uuidv7';
import type { BehaviourAnswer, BehaviourReport } from '../../../contract/behaviour.ts';
import type { Deed } from './deeds.ts';

/** Actions gather for this long before they are sent. */
const GATHER_MS = 1_000;
/** More than these wait for a shop that does not take them: the oldest are dropped. */
const MOST_WAITING = 200;
const RETRY_MS = 5_000;
/** Answers after which the same actions may be taken later. */
const LATER = new Set(['too-many-requests', 'temporarily-unavailable']);

export type Behaviour = {
  /** Something that the shopper has just done. Nobody's, where nobody is signed in. */
  tell(...deeds: readonly Deed[]): void;
  /** Sends all that has gathered, and what is on its way, at once: the page, or the session, ends. */
  flush(): void;
  /** Forgets what was not sent: it is not the next customer's. */
  forget(): void;
};

type Deps = {
  isSignedIn: () => boolean;
  /** Rejects where no answer came; `isLast`: the page goes away. */
  send: (actions: BehaviourReport[], isLast: boolean) => Promise<BehaviourAnswer>;
  /** The most actions of one batch. */
  batchMost: number;
  newId?: () => string;
};

export function createBehaviour({ isSignedIn, send, batchMost, newId = uuidv7 }: Deps): Behaviour {
  let waiting: BehaviourReport[] = [];
  let isGathering = false;
  let isSending = false;

  function gather(afterMs: number): void {
    if (isGathering) return;
    isGathering = true;
    setTimeout(() => {
      isGathering = false;
      void sendNext();
    }, afterMs);
  }
  /** Takes what needs no sending any more from what waits; gives how long to wait before anything is sent again. */
  async function sendBatch(batch: BehaviourReport[], isLast: boolean): Promise<number> {
    const answer = await send(batch, isLast).catch(() => null);
    // Sending again under the same ids is safe.
    if (answer === null) return RETRY_MS;
    if (answer.kind === 'refused' && LATER.has(answer.code)) return answer.retryAfterMs ?? RETRY_MS;
    waiting = waiting.filter((each) => !batch.includes(each));
    return GATHER_MS;
  }
  async function sendNext(): Promise<void> {
    if (isSending || waiting.length === 0) return;
    isSending = true;
    const afterMs = await sendBatch(waiting.slice(0, batchMost), false);
    isSending = false;
    if (waiting.length > 0) gather(afterMs);
  }

  return {
    tell(...deeds) {
      if (!isSignedIn() || deeds.length === 0) return;
      waiting = [...waiting, ...deeds.map((deed) => ({ id: newId(), ...deed }))].slice(-MOST_WAITING);
      // What is on its way may be told to wait; all else then waits with it.
      if (!isSending) gather(GATHER_MS);
    },
    flush() {
      for (let start = 0; start < waiting.length; start += batchMost)
        void sendBatch(waiting.slice(start, start + batchMost), true);
    },
    forget() {
      waiting = [];
    },
  };
}
