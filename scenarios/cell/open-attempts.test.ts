import { expect, it } from 'vitest';
import type { ActionsAttempt, OrderAttempt } from '../../sim/adapters/our-shop/attempts.ts';
import { createOpenAttempts } from './open-attempts.ts';

const order = (more: Partial<OrderAttempt>) =>
  ({ kind: 'order', orderId: 'o1', answer: 'unknown', outcome: null, ...more }) as OrderAttempt;
const actions = (answer: ActionsAttempt['answer']) => ({ kind: 'actions', answer }) as ActionsAttempt;

it('writes each attempt once, when nothing more can become known of it, and keeps the others alone', () => {
  const written: unknown[] = [];
  const attempts = createOpenAttempts((attempt) => written.push(attempt));
  attempts.know('o1', order({}));
  attempts.know('o1', order({ answer: 'accepted' }));
  expect(written).toEqual([]);
  expect(attempts.rest()).toEqual([order({ answer: 'accepted' })]);
  attempts.know('o1', order({ answer: 'accepted', outcome: 'rejected' }));
  attempts.know('a1', actions('accepted'));
  attempts.know('a2', actions('refused'));
  attempts.know('o2', order({ orderId: 'o2', outcome: 'confirmed' }));
  expect(written).toEqual([order({ answer: 'accepted', outcome: 'rejected' }), actions('accepted')]);
  expect(attempts.rest()).toEqual([actions('refused'), order({ orderId: 'o2', outcome: 'confirmed' })]);
});
