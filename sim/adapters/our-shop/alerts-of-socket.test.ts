import { expect, it } from 'vitest';
import { MAX_NOTIFICATION_IDS, type NotificationsShown } from '../../../system/contract/notifications.ts';
import { createAlertsOfSocket } from './alerts-of-socket.ts';

function page() {
  const asked: NotificationsShown[] = [];
  const answers: (() => void)[] = [];
  const alerts = createAlertsOfSocket('screen', (shown, answered) => {
    asked.push(shown);
    answers.push(answered);
  });
  return { alerts, asked, answer: () => answers.shift()?.() };
}

it('asks for each that it hears, once, and one question at a time', () => {
  const { alerts, asked, answer } = page();
  for (const id of ['a', 'b', 'a', 'c']) alerts.heard({ id });
  expect(asked).toEqual([{ screenId: 'screen', ids: ['a'] }]);
  answer();
  expect(asked.slice(1)).toEqual([{ screenId: 'screen', ids: ['b', 'c'] }]);
  answer();
  expect(asked).toHaveLength(2);
});

it('asks for no more than the shop takes in one question', () => {
  const { alerts, asked, answer } = page();
  for (let id = 0; id < MAX_NOTIFICATION_IDS + 2; id += 1) alerts.heard({ id: String(id) });
  answer();
  answer();
  expect(asked.map(({ ids }) => ids.length)).toEqual([1, MAX_NOTIFICATION_IDS, 1]);
});

it('begins anew after a loss, and an answer from before it says nothing', () => {
  const { alerts, asked, answer } = page();
  alerts.heard({ id: 'a' });
  alerts.heard({ id: 'b' });
  alerts.disconnected();
  alerts.heard({ id: 'a' });
  answer();
  expect(asked.map(({ ids }) => ids)).toEqual([['a'], ['a']]);
  alerts.heard({ id: 'c' });
  expect(asked).toHaveLength(2);
  answer();
  expect(asked.at(-1)?.ids).toEqual(['c']);
});
