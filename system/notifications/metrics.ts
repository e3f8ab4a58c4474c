// What the notifications tell the operator: how many were given to whoever had missed them, how many a screen shows, how many were read.
import { Counter, type Registry } from 'prom-client';

export type NotificationMetrics = {
  /** So many were given to somebody who connected. */
  givenAgain(count: number): void;
  /** A screen may show so many. */
  shown(count: number): void;
  read(count: number): void;
};

export function createNotificationMetrics(registry: Registry): NotificationMetrics {
  const counter = (name: string, help: string) => new Counter({ name, help, registers: [registry] });
  const given = counter('shop_notifications_given_again_total', 'Notifications given to whoever connected');
  const shown = counter('shop_notifications_shown_total', 'Notifications that a screen shows');
  const read = counter('shop_notifications_read_total', 'Notifications that were read');
  return {
    givenAgain: (count) => given.inc(count),
    shown: (count) => shown.inc(count),
    read: (count) => read.inc(count),
  };
}
