// What failed, by what it means for a shopper: the record has it by route and status.
import type { Failures } from '../record/result.ts';

const KINDS = {
  /** 429 or 503: the shop had no room. */
  refused: / (?:429|503)$/,
  timedOut: /^timeout /,
  /** The line on which the shop tells what happened meanwhile; no request. */
  connections: /^socket /,
} as const;

/** `others` are requests that failed otherwise, `requests` all that are no connection. */
export function failureCounts(
  failures: Failures,
): Record<keyof typeof KINDS | 'others' | 'requests', number> {
  const count = (isCounted: (kind: string) => boolean) =>
    Object.entries(failures).reduce((sum, [kind, own]) => sum + (isCounted(kind) ? own : 0), 0);
  const refused = count((kind) => KINDS.refused.test(kind));
  const timedOut = count((kind) => KINDS.timedOut.test(kind));
  const connections = count((kind) => KINDS.connections.test(kind));
  const requests = count((kind) => !KINDS.connections.test(kind));
  return { refused, timedOut, connections, others: requests - refused - timedOut, requests };
}
