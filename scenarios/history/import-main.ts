// `npm run import -- products.csv|products.ndjson`: a shop's own catalogue. Exit codes: 0 imported (or a clean dry run), 3 lines were
// rejected and nothing was imported, usage or set-up error. 1 stays what it is everywhere: a limit that was missed.
import { isAbsolute, resolve } from 'node:path';
import { Command } from 'commander';
import { EXIT_USAGE, exitWith } from '../../deploy/local/programs/exit-with.ts';
import { stopSignal } from '../../deploy/local/programs/process-end.ts';
import { saidWhenSlow } from '../../deploy/local/programs/said-when-slow.ts';
import { unlessStopped } from '../../deploy/local/programs/unless-stopped.ts';
import { wrapLines } from '../../reports/format/wrap.ts';
import { IMPORT_COLUMNS, readColumnMap } from '../../sim/history/import/columns.ts';
import { type ImportReport, importProducts } from '../../sim/history/import/import-products.ts';
import { conclusion, importNotes } from './import-text.ts';

type Options = {
  dryRun?: boolean;
  skipRejected?: boolean;
  update?: boolean;
  encoding?: string;
  map: string[];
};

function program(): Command {
  return new Command('npm run import --')
    .description(
      `Import products. Columns or keys: ${IMPORT_COLUMNS.join(', ')}; the first three are needed. The usual ones of Shopify's and WooCommerce's exports are known too.`,
    )
    .argument('<file>', 'products.csv (with a header line; also .tsv, .txt) or products.ndjson')
    .option('--dry-run', 'check the file and say what would be imported')
    .option('--skip-rejected', 'import the accepted lines even when others are rejected')
    .option('--update', 'replace products whose key is there already, in the shop or further up in the file')
    .option(
      '--map <columns>',
      'what columns hold: price=price_krw,stock=stock_count,sku=key (may be given several times)',
      (text: string, earlier: string[]) => [...earlier, text],
      [],
    )
    .option('--encoding <name>', 'utf-8, cp949, utf-16le, windows-1252, … (default: detected)')
    .exitOverride();
}

async function main(): Promise<number> {
  const command = program().parse();
  const [given = ''] = command.args;
  const { dryRun = false, skipRejected = false, update = false, encoding, map } = command.opts<Options>();
  // npm runs scripts in the package's folder; a relative name is meant from where it was typed.
  const file = isAbsolute(given) ? given : resolve(process.env.INIT_CWD ?? '', given);
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
  const options = { dryRun, skipRejected, update, map: readColumnMap(map) };
  // A transaction that was not committed ends with this process.
  const work = importProducts({
    ...options,
    file,
    databaseUrl,
    nowMs: Date.now(),
    ...(encoding === undefined ? {} : { encoding }),
  });
  const report = await saidWhenSlow(`Reading ${given}`, unlessStopped(stopSignal(), work));
  return tell(report, given, dryRun);
}

function tell(report: ImportReport, file: string, dryRun: boolean): number {
  for (const note of importNotes(report, file))
    process.stderr.write(`${wrapLines(note, process.stderr.columns)}\n`);
  process.stdout.write(`${conclusion(report)}${dryRun ? ' (dry run)' : ''}\n`);
  const isRefused = report.rejectedCount > 0 && report.importedCount + report.updatedCount === 0;
  if (isRefused && !dryRun) {
    process.stderr.write(
      'Nothing was imported. Next: mend these lines, or --skip-rejected imports the others.\n',
    );
  }
  return isRefused ? EXIT_USAGE : 0;
}

await exitWith(main);
