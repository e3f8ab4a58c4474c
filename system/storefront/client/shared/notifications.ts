// What the shop tells one customer apart from orders: each is shown once, on whichever of their screens asks first; the badge
// says how many are unread.
import { uuidv7 } from 'uuidv7';
import type { Notification, NotificationsShown } from '../../../contract/notifications.ts';

export type Notifications = {
  /** null where the shop has none, or nobody is signed in. */
  unreadCount(): number | null;
  hear(notification: Notification): void;
  /** Some were read, here or on another screen. */
  hearRead(unreadCount: number): void;
  /** Asks the shop how many are unread. */
  refresh(): Promise<void>;
};

/** What a connection gives again comes together and is asked for together. */
const GATHER_MS = 100;
/** Alerts are shown a few at a time; of more only the newest, the others are behind the badge. */
const MOST_SHOWN = 2;
const MOST_REMEMBERED = 1_000;

type Deps = {
  isSignedIn: () => boolean;
  readUnread: () => Promise<number>;
  /** The shop's answer: which of them no other screen has shown. */
  askToShow: (shown: NotificationsShown) => Promise<string[]>;
  show: (notification: Notification) => void;
  onChange: () => void;
  newId?: () => string;
};

export function createNotifications(deps: Deps): Notifications {
  const { newId = uuidv7 } = deps;
  const screenId = newId();
  const seen = new Set<string>();
  let waiting: Notification[] = [];
  let unreadCount: number | null = null;
  let isGathering = false;

  async function showWaiting(): Promise<void> {
    const asked = waiting;
    waiting = [];
    const ids = asked.map(({ id }) => id);
    const toShow = await deps.askToShow({ screenId, ids }).catch(() => null);
    // Without an answer they are given again at the next connection.
    if (toShow === null) for (const id of ids) seen.delete(id);
    for (const each of asked.filter(({ id }) => toShow?.includes(id)).slice(-MOST_SHOWN)) deps.show(each);
    await refresh();
  }
  async function refresh(): Promise<void> {
    unreadCount = deps.isSignedIn() ? await deps.readUnread().catch(() => null) : null;
    deps.onChange();
  }

  return {
    unreadCount: () => unreadCount,
    hear(notification) {
      if (seen.has(notification.id)) return;
      if (seen.size >= MOST_REMEMBERED) seen.clear();
      seen.add(notification.id);
      waiting.push(notification);
      if (isGathering) return;
      isGathering = true;
      setTimeout(() => {
        isGathering = false;
        void showWaiting();
      }, GATHER_MS);
    },
    hearRead(count) {
      unreadCount = count;
      deps.onChange();
    },
    refresh,
  };
}
