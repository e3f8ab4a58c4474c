// What shoppers told the shop that they did, as the audit knows it.
import type { ActionsAttempt } from '../../../sim/adapters/our-shop/attempts.ts';
import { unpackActions } from '../../../sim/adapters/our-shop/packed-actions.ts';
import { attemptTable, auditedKind } from '../rules/attempt-kind.ts';
import { actionsHappenOnce } from './actions-happen-once.ts';

const told = attemptTable({
  name: 'told_actions',
  rowsOf: ({ customerId, answer, packed }: ActionsAttempt) =>
    unpackActions(packed).map((action) => ({ customerId, answer, ...action })),
  columns: {
    id: ['uuid NOT NULL', ({ id }) => id],
    customer_id: ['integer NOT NULL', ({ customerId }) => customerId],
    answer: ['text NOT NULL', ({ answer }) => answer],
    action: ['text NOT NULL', ({ action }) => action],
    target_type: ['text NOT NULL', ({ targetType }) => targetType],
    target: ['text NOT NULL', ({ target }) => target],
  },
  indexed: ['id'],
});

/**
 * Tells the run's actions from those of the history, which ends where the run starts; days before it are not read. What is
 * kept elsewhere is the run's alone.
 */
const STORED = `
  CREATE TABLE rehearsal.stored_actions AS
    SELECT id, customer_id, action, target_type, target FROM audit.actions
    WHERE acted_at >= (SELECT started_at FROM rehearsal.run)
      AND id NOT IN (SELECT id FROM rehearsal.actions_before)
    UNION ALL
    SELECT id, customer_id, action, target_type, target FROM rehearsal.actions_elsewhere;
  CREATE INDEX ON rehearsal.stored_actions (id);
  ANALYZE rehearsal.stored_actions;
`;

export const actions = auditedKind<ActionsAttempt>('actions', {
  tables: [told],
  note: STORED,
  rules: [actionsHappenOnce],
});
