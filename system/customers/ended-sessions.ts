// What the operator and the sockets hear of sessions that were ended: a count by reason, a warning where a token may have
// been stolen, and the end of the connections.
import { Counter, type Registry } from 'prom-client';
import type { Log } from '../platform/diagnostics/log.ts';
import type { FamilyEnd } from './sessions.ts';

/** Makes the listener for `createSessions`. `closeSockets` reaches the family's sockets in every process. */
export function createEndedSessions(deps: {
  registry: Registry;
  closeSockets: (familyId: string) => void;
  log: Log;
}): (end: FamilyEnd) => void {
  const ended = new Counter({
    name: 'shop_sessions_ended_total',
    help: 'Sessions ended before their time, by sign-out or because a used refresh token came again',
    labelNames: ['reason'],
    registers: [deps.registry],
  });
  return ({ familyId, customerId, reason }) => {
    ended.inc({ reason });
    if (reason === 'reuse')
      deps.log.warn(
        { customerId },
        'a used refresh token came again, so its session is ended: somebody else may have it',
      );
    deps.closeSockets(familyId);
  };
}
