// `npm run compare -- RUN_A RUN_B`: reads two finished runs or baselines, compares them, says what was found. It exits
// nowhere: the outcome carries the code.
import { parseArgs } from 'node:util';
import { type CommandOutcome, failed, helped, mistakeOutcome } from '../record/command-outcome.ts';
import { compareRuns, type RunComparison } from './compare-runs.ts';
import type { LabelledRun } from './compared-run.ts';
import { findComparedRun, type Places } from './find-compared-run.ts';
import { jsonDocument } from './json-document.ts';
import { markdownText } from './markdown-text.ts';
import { terminalLines } from './terminal-text.ts';

const USAGE = `npm run compare -- RUN_A RUN_B [--margin 0.05] [--strict] [--json | --markdown]   B against A

  RUN         a run below runs/, its path, latest, a baseline's name, or a baseline's file
  --margin    changes smaller than this do not matter, from 0 to below 1 (default: the scenario's own, else 0.05)
  --strict    refuse runs of another machine, data set, scenario, settings or service version
  exit code   0 no primary metric worse · 1 one is worse beyond the margin · 2 a run was INVALID or AUDIT_FAILED · 3 usage`;

export type CompareOutcome = CommandOutcome<0 | 1 | 2>;

/** @param columns of the terminal, where there is one */
export function compareCommand(argv: string[], places: Places, columns?: number): CompareOutcome {
  try {
    const { values, positionals } = readArguments(argv);
    if (values.help) return helped(USAGE);
    const [wantedA, wantedB] = positionals;
    if (wantedA === undefined || wantedB === undefined || positionals.length > 2)
      return failed(`found ${positionals.length} runs, needed two: RUN_A RUN_B`, USAGE);
    if (values.json && values.markdown)
      return failed('found --json and --markdown, needed at most one of them', USAGE);
    const marginRatio = values.margin === undefined ? undefined : Number(values.margin);
    if (marginRatio !== undefined && (values.margin?.trim() === '' || !(marginRatio >= 0 && marginRatio < 1)))
      return failed(
        `--margin: found "${values.margin}", needed a number from 0 to below 1. Next: --margin 0.05 is ±5 %.`,
      );
    const baseline = { ...findComparedRun(wantedA, places), label: 'A' };
    const candidate = { ...findComparedRun(wantedB, places), label: 'B' };
    const comparison = compareRuns(baseline, candidate, { marginRatio });
    if (values.strict && comparison.warnings.length > 0) return refused(comparison);
    return answered(comparison, baseline, candidate, { ...values, columns });
  } catch (error) {
    return mistakeOutcome(error, USAGE);
  }
}

function readArguments(argv: string[]) {
  return parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      margin: { type: 'string' },
      strict: { type: 'boolean' },
      json: { type: 'boolean' },
      markdown: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}

function refused({ warnings }: RunComparison): CompareOutcome {
  return failed(
    '--strict: found runs that differ in more than the change, needed two that do not:',
    ...warnings.map((warning) => `  ${warning}`),
    'Next: run both on the same machine, data, settings and services, or leave --strict out.',
  );
}

function answered(
  comparison: RunComparison,
  baseline: LabelledRun,
  candidate: LabelledRun,
  form: { json?: boolean | undefined; markdown?: boolean | undefined; columns: number | undefined },
): CompareOutcome {
  const exitCode = exitCodeOf(comparison);
  const output = form.json
    ? [JSON.stringify(jsonDocument(comparison, baseline, candidate, exitCode), null, 2)]
    : form.markdown
      ? [markdownText(comparison, baseline, candidate).trimEnd()]
      : terminalLines(comparison, baseline, candidate, form.columns);
  return { exitCode, output, errors: [] };
}

function exitCodeOf({ withheld, worse }: RunComparison): 0 | 1 | 2 {
  if (withheld !== null) return 2;
  return worse ? 1 : 0;
}
