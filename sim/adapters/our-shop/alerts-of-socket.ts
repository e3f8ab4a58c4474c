// What a page does with the notifications that it hears: it asks which of them it is the screen to show, a few at a time, so that
// none is given again at the person's next visit.
import { MAX_NOTIFICATION_IDS, type NotificationsShown } from '../../../system/contract/notifications.ts';

export type AlertsOfSocket = {
  heard(notification: { id: string }): void;
  /** What was under way is lost; the shop gives again at the next connect what it does not know to be shown. */
  disconnected(): void;
};

/** @param ask sends `notifications:shown`; `answered` is called when the answer has come. One is under way at a time. */
export function createAlertsOfSocket(
  screenId: string,
  ask: (shown: NotificationsShown, answered: () => void) => void,
): AlertsOfSocket {
  const waiting = new Set<string>();
  let asked: ReadonlySet<string> | null = null;

  function askNext(): void {
    if (asked !== null || waiting.size === 0) return;
    const ids = [...waiting].slice(0, MAX_NOTIFICATION_IDS);
    const mine = new Set(ids);
    for (const id of ids) waiting.delete(id);
    asked = mine;
    ask({ screenId, ids }, () => {
      // An answer that comes after a loss is none of the present question.
      if (asked !== mine) return;
      asked = null;
      askNext();
    });
  }
  return {
    heard({ id }) {
      if (asked?.has(id) === true) return;
      waiting.add(id);
      askNext();
    },
    disconnected() {
      waiting.clear();
      asked = null;
    },
  };
}
