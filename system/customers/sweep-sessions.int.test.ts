import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createTestApi, type TestApi } from '../api-testing.ts';
import { testLog } from '../platform/testing.ts';
import { startSessionSweep } from './sweep-sessions.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});

async function tokenCount(): Promise<number> {
  const { rows } = await api.database.query<{ count: number }>('SELECT count(*) FROM refresh_tokens');
  return rows[0]?.count ?? Number.NaN;
}

function startSweep(everyMs?: number) {
  const { database, clock } = api;
  const sweep = startSessionSweep({ database, clock, log: testLog, ...(everyMs && { everyMs }) });
  onTestFinished(sweep.close);
  return sweep;
}

test('takes tokens away that have expired by the shop’s clock, and only those', async () => {
  const { customerId } = await api.person();
  await api.database.query(
    `INSERT INTO refresh_tokens (token_hash, customer_id, expires_at)
     SELECT sha256(n::text::bytea), $1, $2::timestamptz FROM generate_series(1, 2500) AS n`,
    [customerId, new Date(api.clock.now().getTime() + DAY_MS / 2)],
  );
  const early = startSweep();
  await early.close();
  expect(await tokenCount()).toBe(2_501);
  api.clock.advance(DAY_MS / 2);
  startSweep();
  await expect.poll(tokenCount).toBe(1);
});

test('sweeps again after its time, also beside another process and after a failure', async () => {
  await api.person();
  const before = await tokenCount();
  await api.database.query('ALTER TABLE refresh_tokens RENAME TO refresh_tokens_away');
  startSweep(20);
  startSweep(20);
  await api.database.query('ALTER TABLE refresh_tokens_away RENAME TO refresh_tokens');
  expect(await tokenCount()).toBe(before);
  api.clock.advance(DAY_MS);
  await expect.poll(tokenCount).toBe(0);
});
