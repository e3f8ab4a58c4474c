// Acts that the generator told the shop, and the lists that came for them, as the audit knows them.
import type { ActAttempt } from '../../../sim/adapters/our-shop/attempts.ts';
import { attemptTable, auditedKind } from '../rules/attempt-kind.ts';
import { categoryListsFollowTheLog } from './category-lists-follow-the-log.ts';
import { listsAnswerOwnActs } from './lists-answer-own-acts.ts';
import { newestListsReflectNewestActs } from './newest-lists-reflect-newest-acts.ts';
import { pushedListsAreStored } from './pushed-lists-are-stored.ts';

const acts = attemptTable({
  name: 'acts',
  rowsOf: (attempt: ActAttempt) => [attempt],
  columns: {
    id: ['uuid NOT NULL', ({ actionId }) => actionId],
    customer_id: ['integer NOT NULL', ({ customerId }) => customerId],
    is_answered: ['boolean NOT NULL', ({ shownAfterMs }) => shownAfterMs !== null],
    reflected_id: ['uuid', ({ reflectedId }) => reflectedId],
    category_reflected_id: ['uuid', ({ categoryReflectedId }) => categoryReflectedId],
    category_first_product_id: ['integer', ({ categoryFirstProductId }) => categoryFirstProductId],
  },
  indexed: ['id', 'customer_id'],
});

const strange = attemptTable({
  name: 'answers_to_strangers',
  rowsOf: ({ actionId, customerId, unknownIds }: ActAttempt) =>
    unknownIds.map((id) => ({ id, customerId, besideId: actionId })),
  columns: {
    id: ['uuid NOT NULL', ({ id }) => id],
    customer_id: ['integer NOT NULL', ({ customerId }) => customerId],
    beside_id: ['uuid NOT NULL', ({ besideId }) => besideId],
  },
  indexed: ['id'],
});

export const acted = auditedKind<ActAttempt>('act', {
  tables: [acts, strange],
  rules: [listsAnswerOwnActs, pushedListsAreStored, newestListsReflectNewestActs, categoryListsFollowTheLog],
});
