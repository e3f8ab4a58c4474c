import { expect, it } from 'vitest';
import { readFinishedRun } from '../../record/read-run.ts';
import { writeSyntheticRun } from '../../testing/synthetic-run.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { backlogTable } from './backlog.ts';

const shop = {
  name: 'A shop',
  url: 'http://127.0.0.1:3000',
  file: 'my-shop.ts',
  currency: 'EUR',
  itemCount: 3,
  inStockCount: 3,
  categoryCount: 1,
  accountCount: null,
  verbs: ['product'],
  missingVerbs: [],
  audits: [],
  runId: 'run-1',
};

it('tells of a broker and of refusals only where the inside of the shop is seen', () => {
  const run = readFinishedRun(
    writeSyntheticRun({ root: temporaryFolder(), scenario: 'peak-hour', durationSeconds: 5 }),
  );
  // Orders that nobody was told the end of.
  for (const { series } of run.cells) for (const { counts } of series) counts.ordersAttempted = 1_000;
  const ours = backlogTable(run)?.markup ?? '';
  expect(ours).toContain('Most messages behind the broker');
  expect(ours).toContain('Refused or failed');
  const yours = backlogTable({ ...run, manifest: { ...run.manifest, shop } })?.markup ?? '';
  expect(yours).toContain('Most orders open');
  expect(yours).not.toMatch(/broker|Refused/);
  expect(yours.split('<td').length).toBeLessThan(ours.split('<td').length);
});
