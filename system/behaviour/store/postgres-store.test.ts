// How the log in PostgreSQL is asked, where that costs more than the answer.
import { expect, test } from 'vitest';
import { createPostgresBehaviourStore } from './postgres-store.ts';

test('the newest actions of people are planned once for each connection, not over all days at each question', async () => {
  const asked: unknown[] = [];
  const database = {
    async query(statement: unknown) {
      asked.push(statement);
      return { rows: [] };
    },
  };
  const store = createPostgresBehaviourStore({ database: database as never, retentionDays: 400 });
  expect(await store.newestOf([1, 2], 5)).toEqual([]);
  expect(asked).toMatchObject([{ name: expect.any(String), values: [[1, 2], 5] }]);
});
