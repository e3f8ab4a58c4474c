// A new kind of attempt is its type, what reports it, its folder here and a line in audited-kinds.ts: one that is planted there
// gets its table and its rule, and nothing else has to know of it.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { AttemptMade } from '../../sim/engine/protocol/protocol.ts';
import { dropDatabase, RUN_PREFIX, withClient, withDatabase } from '../data/databases.ts';

type ToyClaim = AttemptMade & { kind: 'toy-claim'; code: string; answer: 'accepted' | 'refused' };

vi.mock('./audited-kinds.ts', async () => {
  const { attemptTable, auditedKind } = await import('./rules/attempt-kind.ts');
  const { sqlRule } = await import('./rules/rule.ts');
  const claims = attemptTable({
    name: 'toy_claims',
    rowsOf: (attempt: ToyClaim) => [attempt],
    columns: {
      code: ['text NOT NULL', ({ code }) => code],
      answer: ['text NOT NULL', ({ answer }) => answer],
    },
    indexed: ['code'],
  });
  const claimsAreKept = sqlRule({
    name: 'toy-claims-are-kept',
    claim: 'Every claim that was accepted is kept.',
    checked: `SELECT count(*) FROM rehearsal.toy_claims WHERE answer = 'accepted'`,
    broken: `SELECT format('claim %s is lost', code) AS violation FROM rehearsal.toy_claims
             WHERE answer = 'accepted' AND code NOT IN (SELECT code FROM kept)`,
  });
  const toys = auditedKind<ToyClaim>('toy-claim', { tables: [claims], rules: [claimsAreKept] });
  return { auditedKinds: { 'toy-claim': toys } };
});

const { auditRun } = await import('./audit.ts');
const server = process.env.STAMPEDE_TEST_DATABASE_URL ?? '';
const database = `${RUN_PREFIX}toys_${randomBytes(4).toString('hex')}`;
const databaseUrl = withDatabase(server, database);

beforeAll(async () => {
  await withClient(server, (client) => client.query(`CREATE DATABASE ${database}`));
  await withClient(databaseUrl, (client) =>
    client.query(`CREATE SCHEMA rehearsal; CREATE TABLE kept AS SELECT E'a\\tb' AS code`),
  );
});
afterAll(() => withClient(server, (client) => dropDatabase(client, database)));

it('is written to its own table and judged by its own rule', async () => {
  const claim = (code: string, answer: ToyClaim['answer']): ToyClaim => ({
    kind: 'toy-claim',
    attemptedAtMs: 0,
    code,
    answer,
  });
  const attempts = [claim('a\tb', 'accepted'), claim('c\\d', 'accepted'), claim('e', 'refused')];
  const other = { kind: 'another', attemptedAtMs: 0 };
  const findings = await auditRun({ databaseUrl, attempts: () => [...attempts, other], broker: null });
  expect(findings.find(({ rule }) => rule === 'toy-claims-are-kept')).toMatchObject({
    ok: false,
    checkedCount: 2,
    violations: ['claim c\\d is lost'],
  });
});
