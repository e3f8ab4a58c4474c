import { expect, test } from 'vitest';
import { SEEDED_PASSWORD as OF_THE_DATA_SET } from '../../../sim/history/rows/accounts.ts';
import { SEEDED_PASSWORD } from './demo-account.ts';

test('the password that is told is that of the data set’s accounts', () => {
  expect(SEEDED_PASSWORD).toBe(OF_THE_DATA_SET);
});
