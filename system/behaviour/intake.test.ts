import { Registry } from 'prom-client';
import { UUID } from 'uuidv7';
import { expect, test } from 'vitest';
import { MAX_BEHAVIOUR_ACTIONS } from '../contract/behaviour.ts';
import { fixedClock } from '../platform/settings/clock-testing.ts';
import { createClientLimit } from './client-limit.ts';
import { createIntake } from './intake.ts';
import { createBehaviourMetrics } from './metrics.ts';
import type { Batch, Submitted } from './transports/transport.ts';

const clock = fixedClock('2026-03-02T11:00:00Z');
let made = 0;
const click = (more: object = {}) => ({
  id: UUID.fromFieldsV7(clock.now().getTime(), 1, 2, ++made).toString(),
  action: 'click',
  target: { type: 'product', id: 7 },
  ...more,
});
const clicks = (count: number) => Array.from({ length: count }, () => click());
const search = (text: unknown) => click({ action: 'search', target: { type: 'text', text } });

function open(outcome: Submitted = 'safe', perSecond = 1_000) {
  const submitted: Batch[] = [];
  const intake = createIntake({
    transport: {
      submit: async (batch) => {
        submitted.push(batch);
        return outcome;
      },
    },
    limit: createClientLimit(perSecond, clock.monotonicMs),
    clock,
    shiftMs: 0,
    metrics: createBehaviourMetrics(new Registry()),
  });
  return { intake, submitted };
}

test('a batch goes on under the customer of the session', async () => {
  const { intake, submitted } = open();
  const batch = [click(), search('유기농 딸기 <b>1kg</b>')];
  expect(await intake.takeUnchecked(3, batch)).toEqual({ kind: 'accepted', acceptedCount: 2 });
  expect(submitted).toMatchObject([
    { customerId: 3, actions: batch.map((one) => ({ ...one, customerId: 3 })) },
  ]);
});

test.each<[string, unknown]>([
  ['nothing', []],
  ['no list', { actions: [] }],
  ['nothing at all', null],
  ['too many', clicks(MAX_BEHAVIOUR_ACTIONS + 1)],
  ['an unknown action', [click({ action: 'stare' })]],
  ['a forged customer', [click({ customerId: 1 })]],
  ['a forged time', [click({ actedAt: '2026-03-02T11:00:00Z' })]],
  ['another id than a UUIDv7', [click({ id: '4c9b3f7e-9d1c-4f3a-8a53-8ad8e2d9c001' })]],
  [
    'an id in capitals',
    [click({ id: UUID.fromFieldsV7(clock.now().getTime(), 1, 2, 3).toString().toUpperCase() })],
  ],
  ['a target of nobody', [click({ target: { type: 'product', id: 0 } })]],
  ['a target with two meanings', [click({ target: { type: 'product', id: 1, text: 'x' } })]],
  ['a search for a product', [click({ action: 'search' })]],
  ['a search text that is too long', [search('x'.repeat(101))]],
  ['a blank search text', [search('  ')]],
  ['a search text with a NUL', [search('a\u0000b')]],
  ['a search text that steers a terminal', [search('\u001b[2J')]],
  ['a number for a text', [search(7)]],
])('%s is refused, and nothing of the batch goes on', async (_, payload) => {
  const { intake, submitted } = open();
  const batch = Array.isArray(payload) && payload.length === 1 ? [click(), ...payload] : payload;
  expect(await intake.takeUnchecked(3, batch)).toMatchObject({ kind: 'refused', code: 'invalid-request' });
  expect(submitted).toEqual([]);
});

test('a flood is refused whole, says when to come back, and leaves others alone', async () => {
  const { intake, submitted } = open('safe', 5);
  expect(await intake.takeUnchecked(1, clicks(20))).toMatchObject({ kind: 'accepted' });
  expect(await intake.takeUnchecked(1, clicks(5))).toMatchObject({
    code: 'too-many-requests',
    retryAfterMs: 1_000,
  });
  expect(await intake.takeUnchecked(2, clicks(20))).toMatchObject({ kind: 'accepted' });
  expect(submitted).toHaveLength(2);
});

test('nonsense in masses is limited as well', async () => {
  const { intake } = open('safe', 5);
  for (let sent = 0; sent < 20; sent += 1) await intake.takeUnchecked(1, 'x');
  expect(await intake.takeUnchecked(1, 'x')).toMatchObject({ code: 'too-many-requests' });
});

test.each(['refused', 'unknown'] as const)(
  'what is not known to be safe (%s) is not accepted',
  async (outcome) => {
    const { intake } = open(outcome);
    expect(await intake.takeUnchecked(1, clicks(1))).toMatchObject({
      kind: 'refused',
      code: 'temporarily-unavailable',
    });
  },
);
