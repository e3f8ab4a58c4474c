// The outcome of an order in a message of the socket, as it stands on the wire.
import type { OrderOutcome } from '../../../system/contract/orders.ts';

/** An event without an answer, in the words of engine.io (4) and socket.io (2). */
const BEGINNINGS = ['42["order:confirmed",', '42["order:rejected",'] as const;
/** Of both: most messages are told from them by so much. */
const COMMON = '42["order:';

/** Null where it is another message, or not as the shop writes it. */
export function outcomeIn(message: string): OrderOutcome | null {
  if (!message.startsWith(COMMON)) return null;
  const beginning = BEGINNINGS.find((one) => message.startsWith(one));
  if (beginning === undefined) return null;
  try {
    return JSON.parse(message.slice(beginning.length, -1)) as OrderOutcome;
  } catch {
    return null;
  }
}
