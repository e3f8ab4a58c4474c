// Sends notifications that are stored to all sockets of their customers, in whichever process these are. One that is lost on the
// way is still pending, and given at the next connection.
import type { PushToCustomer } from '../platform/sockets/push.ts';
import type { AddressedNotification } from './store.ts';

/** Call it after the commit. Never throws. */
export function pushNotifications(push: PushToCustomer, stored: readonly AddressedNotification[]): void {
  for (const { customerId, notification } of stored) push(customerId, 'notification', notification);
}
