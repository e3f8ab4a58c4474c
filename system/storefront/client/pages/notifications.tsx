// What the shop has told: newest first, the unread ones marked. Opening the page reads what it shows.
import type { Notification, NotificationPage } from '../../../contract/notifications.ts';
import { texts } from '../language/language.ts';
import { dateAndTime } from '../shared/format.ts';
import { wordsOf } from '../shared/notification-words.ts';
import { link } from '../shared/route.ts';
import type { Page } from '../shared/view.ts';

const PAGE_SIZE = '20';

function Row({ notification }: { notification: Notification }) {
  const { text, link: way } = wordsOf(notification);
  const isUnread = notification.readAt === null;
  return (
    <li class={`told${isUnread ? ' unread' : ''}`}>
      <div class="what">
        <p class="of">
          {isUnread && <span class="unseen">{texts().notifications.unread} </span>}
          {text}
        </p>
        <p>{dateAndTime(notification.createdAt)}</p>
      </div>
      <a href={`#${way.address}`}>{way.text}</a>
    </li>
  );
}

function List({ items, next }: NotificationPage) {
  const { notifications, orders } = texts();
  if (items.length === 0) return <p class="nothing">{notifications.none}</p>;
  return (
    <>
      <ul class="lines">
        {items.map((notification) => (
          <Row key={notification.id} notification={notification} />
        ))}
      </ul>
      {next !== null && (
        <p class="further">
          <a class="button quiet" href={link('/notifications', { before: next })}>
            {orders.older}
          </a>
        </p>
      )}
    </>
  );
}

export const notificationsPage: Page = async ({ query }, { api, notifications }) => {
  const request = new URLSearchParams({ limit: PAGE_SIZE });
  const before = query.get('before');
  if (before !== null) request.set('before', before);
  const page = await api.notifications(request);
  const unread = page.items.filter(({ readAt }) => readAt === null).map(({ id }) => id);
  // Read is what is on the screen, whether the shop hears of it now or the next time.
  if (unread.length > 0)
    void api.readNotifications(unread).then(
      ({ unreadCount }) => notifications.hearRead(unreadCount),
      () => undefined,
    );
  const { title } = texts().notifications;
  return {
    title,
    body: (
      <>
        <h1>{title}</h1>
        <List {...page} />
      </>
    ),
  };
};
