// One single run of one variant: a fresh target, its generators, the measured span; then the drain, the audit and the
// sweeping up. Everything opened is taken away again, in reverse order, however it ends.
import { join } from 'node:path';
import { createCleanUp } from '../../deploy/local/programs/clean-up.ts';
import { programsFromNowOn } from '../../deploy/local/programs/programs-of-this-process.ts';
import { remains } from '../../deploy/local/programs/remains.ts';
import { unlessStopped } from '../../deploy/local/programs/unless-stopped.ts';
import type { AuditFinding, RunEvent } from '../../reports/record/result.ts';
import type { GeneratorSummary } from '../../sim/engine/protocol/protocol.ts';
import type { RunningTarget, Target } from '../targets/target.ts';
import type { ActFates } from './act-fates.ts';
import { type AttemptsFile, createAttemptsFile } from './attempts-file.ts';
import { type Browsers, startBrowsers } from './browsers-process.ts';
import { type StartGenerators, startGenerators } from './generators/generators.ts';
import { measureSpan, type SpanInput } from './measure-span.ts';
import type { OrderFates } from './order-fates.ts';

export type CellOutcome = {
  /** What was done to the shop on purpose, by second of the measured span. */
  events: RunEvent[];
  /** From the fault until shoppers saw nothing of it any more; null without a fault or a recovery. */
  recoverySeconds: number | null;
  /** Why a recovery cannot be told, in words; null without a fault or with a recovery. */
  notRecoveredBecause?: string | null;
  audit: AuditFinding[];
  summary: GeneratorSummary;
  /** How each generator of several ended that ended too early; absent in cells that an older version kept. */
  lostGenerators?: readonly string[];
  /** Absent in cells that an older version kept. */
  orders?: OrderFates;
  /** Absent in cells that an older version kept. */
  acts?: ActFates;
  stealMaxRatio: number;
  generatorHasPriority: boolean;
  /** Whether the generator got the scheduling that the scenario asks for; absent in cells that an older version kept. */
  generatorIsScheduled?: boolean;
  /** Why its block was run a second time; absent for a first attempt. */
  repeatedBecause?: readonly string[];
};

export type CellInput = SpanInput & {
  target: Pick<Target, 'open' | 'about'>;
  /** Generators of other machines, and where they reach a shop of this one; left out: the cell starts its own. */
  elsewhere?: { start: StartGenerators; shopHost: string | null } | null;
  /** Takes a sentence for each thing that could not be taken away. */
  onLeft: (sentence: string) => void;
};

/** Runs the cell to its end. Rejects when something other than the shop's slowness stopped it. */
export async function runCell(input: CellInput): Promise<CellOutcome> {
  const { scenario, seed, target, cell, view, stop, elsewhere = null } = input;
  // Closed after all programs have ended: until then there may be something to write.
  using files = new DisposableStack();
  await using cleanUp = createCleanUp(input.onLeft);
  try {
    stop.throwIfAborted();
    const isOurs = target.about === undefined;
    view.phase(isOurs ? 'fresh database' : 'what the shop holds', isOurs ? 1 : null);
    const opened = await target.open(cleanUp, scenario);
    stop.throwIfAborted();
    view.phase(isOurs ? 'starting shop and generator' : 'starting the generator', 3);
    // All of them, however far their start has come when it is stopped.
    cleanUp.later(remains.programs, programsFromNowOn());
    const logFolder = join(cell.directory, 'logs');
    const { count = 1, scheduling } = scenario.generator;
    const generators = await (elsewhere === null
      ? startGenerators(count, logFolder, scheduling)
      : elsewhere.start({ scenario, seed, logFolder }));
    // Before the shop, which closes sooner when nobody asks anything of it any more.
    cleanUp.later(remains.programs, () => generators.stop());
    const running = await unlessStopped(
      stop,
      opened.start({
        logFolder,
        generatorHasPriority: generators.hasPriority,
        reachableAt: elsewhere?.shopHost ?? null,
      }),
    );
    const attempts = files.adopt(createAttemptsFile(cell.directory), (file) => file.close());
    const browsers = await browsersOf(input, { ...running, attempts, logFolder });
    if (browsers !== null) cleanUp.later(remains.programs, () => browsers.stop());
    const measured = await measureSpan(input, { target: running, generators, browsers }, attempts);
    if (isOurs) view.phase('draining queues', null);
    await running.drain(stop);
    // The audit looks at a world at rest.
    await running.stop();
    stop.throwIfAborted();
    view.phase('audit', 2);
    // Without all that was sent, whole books would look broken.
    const isKnown = measured.lostGenerators.length === 0;
    const audit = isKnown ? await unlessStopped(stop, running.audit(attempts.read)) : [];
    cell.writeAudit(audit);
    return {
      ...measured,
      audit,
      generatorHasPriority: generators.hasPriority,
      generatorIsScheduled: generators.isScheduled,
    };
  } finally {
    view.phase('sweeping up', 1);
  }
}

/** Null where nobody is to walk in one. */
async function browsersOf(
  { browserPersonIds = [], seed, cell, view }: CellInput,
  around: Pick<RunningTarget, 'storefrontUrl'> & { attempts: AttemptsFile; logFolder: string },
): Promise<Browsers | null> {
  const { storefrontUrl, attempts, logFolder } = around;
  if (browserPersonIds.length === 0) return null;
  if (storefrontUrl === undefined)
    throw new Error(
      'Browsers are to walk beside the load: found no storefront, needed one (load.browsers=0).',
    );
  return startBrowsers({
    logFolder,
    storefrontUrl,
    personIds: browserPersonIds,
    seed,
    onView: cell.appendPageView,
    onAttempt: (attempt) => attempts.append([attempt]),
    onNote: (sentence) => view.say(`! ${sentence}`),
  });
}
