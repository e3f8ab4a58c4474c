// `npm run import -- products.csv|products.ndjson`: a shop's own catalogue. Exit codes: 0 imported (or a clean dry run),
// 1 lines were rejected and nothing was imported, 3 usage or set-up error.
import { Command } from 'commander';
import { exitWith } from '../../deploy/local/exit-with.ts';
import { stopSignal } from '../../deploy/local/process-end.ts';
import { unlessStopped } from '../../deploy/local/unless-stopped.ts';
import { formatNumber } from '../../reports/format.ts';
import { importProducts } from '../../sim/history/import/import-products.ts';
import { IMPORT_COLUMNS } from '../../sim/history/import/read-products.ts';

const EXIT_REJECTED = 1;

function program(): Command {
  return new Command('npm run import --')
    .description(
      `Import products. Columns or keys: ${IMPORT_COLUMNS.join(', ')}; the first three are needed.`,
    )
    .argument('<file>', 'products.csv (with a header line) or products.ndjson')
    .option('--dry-run', 'check the file and say what would be imported')
    .option('--skip-rejected', 'import the accepted lines even when others are rejected')
    .exitOverride();
}

async function main(): Promise<number> {
  const command = program().parse();
  const [file = ''] = command.args;
  const { dryRun = false, skipRejected = false } = command.opts<{
    dryRun?: boolean;
    skipRejected?: boolean;
  }>();
  const databaseUrl = process.env.DATABASE_URL || null;
  if (databaseUrl !== null && !URL.canParse(databaseUrl)) {
    throw new Error(
      'DATABASE_URL is no URL; needed is one like postgresql://user:password@host:5432/database. Next: set it so.',
    );
  }
  if (databaseUrl === null && !dryRun) {
    throw new Error(
      'No database: found no DATABASE_URL, needed is that of the shop. Next: set it, or add --dry-run.',
    );
  }
  // A transaction that was not committed ends with this process.
  const report = await unlessStopped(
    stopSignal(),
    importProducts({ file, databaseUrl, dryRun, skipRejected, nowMs: Date.now() }),
  );
  for (const { line, reasons } of report.rejected)
    process.stderr.write(`  line ${line}: ${reasons.join('; ')}\n`);
  const unlisted = report.rejectedCount - report.rejected.length;
  if (unlisted > 0) process.stderr.write(`  … and ${formatNumber(unlisted)} more\n`);
  if (report.unknownColumns.length > 0) {
    process.stderr.write(
      `  not read: ${report.unknownColumns.join(', ')} (known are ${IMPORT_COLUMNS.join(', ')})\n`,
    );
  }
  const counts = `${formatNumber(report.acceptedCount)} accepted, ${formatNumber(report.rejectedCount)} rejected`;
  const categories =
    report.newCategories.length === 0 ? '' : `; new categories: ${report.newCategories.join(', ')}`;
  process.stdout.write(
    `${counts}; ${formatNumber(report.importedCount)} imported${dryRun ? ' (dry run)' : ''}${categories}\n`,
  );
  const isRefused = report.rejectedCount > 0 && report.importedCount === 0;
  if (isRefused && !dryRun) {
    process.stderr.write(
      'Nothing was imported. Next: mend these lines, or --skip-rejected imports the others.\n',
    );
  }
  return isRefused ? EXIT_REJECTED : 0;
}

await exitWith(main);
