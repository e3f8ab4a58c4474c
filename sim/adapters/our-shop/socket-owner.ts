// Whose socket it is: with which token it connects, and how its connects are told to the measures.
import type { Measures } from '../../engine/measuring/measures.ts';
import type { Timeline } from '../../engine/timing/timeline.ts';
import type { MeasuredRequests } from './measured-requests.ts';
import type { SessionsOfPeople } from './sessions-of-people.ts';
import type { SocketOwner } from './sockets.ts';

/** `present` is asked anew each time, because a socket may outlive the measures of the warm-up. */
export function socketOwner(
  deps: { timeline: Timeline; sessions: SessionsOfPeople },
  personId: number,
  present: () => { requests: MeasuredRequests; measures: Measures },
): SocketOwner {
  return {
    accessToken: () => deps.sessions.accessTokenOf(personId) ?? '',
    renewToken: () => present().requests.renew(personId),
    onConnect: () => present().measures.count('socketsConnected'),
    onLists(count) {
      const { measures } = present();
      measures.count('listPushes');
      measures.count('listsPushed', count);
    },
    onCoupon: () => present().measures.count('couponsPushed'),
    onCounters(changedMs) {
      const { measures } = present();
      measures.count('counterMessages');
      if (changedMs !== null) measures.sample('counter.seen', changedMs, deps.timeline.nowMs() - changedMs);
    },
    onConnectError(lacked) {
      const { measures } = present();
      if (lacked === null) measures.failed('socket connect', deps.timeline.nowMs());
      else measures.starved(lacked);
    },
  };
}
