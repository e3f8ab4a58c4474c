// HTTP of the notifications. Whose they are comes from the session alone.
import {
  MAX_NOTIFICATION_PAGE_SIZE,
  NotificationPage,
  NotificationQuery,
  NotificationsRead,
  NotificationsReadBody,
} from '../contract/notifications.ts';
import { bearerSecurity, type RequestHook, sessionOf } from '../customers/authentication.ts';
import type { HttpApp } from '../platform/http/http.ts';
import { problemResponses } from '../platform/http/problems.ts';
import type { Clock } from '../platform/settings/clock.ts';
import type { PushToCustomer } from '../platform/sockets/push.ts';
import type { NotificationMetrics } from './metrics.ts';
import type { NotificationStore } from './store.ts';

/** Adds GET /notifications and POST /notifications/read. */
export function registerNotificationRoutes(
  app: HttpApp,
  deps: {
    store: NotificationStore;
    push: PushToCustomer;
    clock: Clock;
    metrics: NotificationMetrics;
    authenticate: RequestHook;
  },
): void {
  const { store, push, clock, metrics, authenticate: onRequest } = deps;
  const schema = { tags: ['notifications'], security: bearerSecurity };
  app.get(
    '/notifications',
    {
      onRequest,
      schema: {
        ...schema,
        querystring: NotificationQuery,
        response: { 200: NotificationPage, ...problemResponses },
      },
    },
    async (request) => {
      const { customerId } = sessionOf(request);
      const { before = null, limit = MAX_NOTIFICATION_PAGE_SIZE } = request.query;
      // One more than the page shows whether there is a next one.
      const [found, unreadCount] = await Promise.all([
        store.page(customerId, before, limit + 1),
        store.unreadCount(customerId),
      ]);
      const items = found.slice(0, limit);
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null, unreadCount };
    },
  );
  app.post(
    '/notifications/read',
    {
      onRequest,
      schema: {
        ...schema,
        body: NotificationsReadBody,
        response: { 200: NotificationsRead, ...problemResponses },
      },
    },
    async (request) => {
      const { customerId } = sessionOf(request);
      const ids = await store.read(customerId, request.body.ids, clock.now());
      const unreadCount = await store.unreadCount(customerId);
      metrics.read(ids.length);
      if (ids.length > 0) push(customerId, 'notifications:read', { ids, unreadCount });
      return { unreadCount };
    },
  );
}
