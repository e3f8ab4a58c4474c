// What a generator that has joined does for single runs: makes the plan that it is told of, has a generator's process ready for its part,
// runs it when it is told to and passes on what that says.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wordsOf } from '../../deploy/local/programs/process-end.ts';
import type { Newcomer } from '../../sim/model/newcomers.ts';
import { type LocalGenerator, startGenerator } from '../cell/generators/one-generator.ts';
import { planHash, planRun } from '../plan/plan.ts';
import { catalogueHash } from './catalogue-hash.ts';
import type { FromMember, PlanMessage, ToMember } from './messages.ts';
import { withoutForms } from './sent-attempts.ts';

/** Attempts of one message: some hundred KB before they are compressed. */
const ATTEMPTS_AT_ONCE = 500;
/** Warm-up tells of every order; so often is enough for who looks on. */
const PROGRESS_EVERY_MS = 500;

export type PartDeps = {
  tell: (message: FromMember) => void;
  say: (line: string) => void;
  /** Where the generator's log goes. */
  logFolder: string;
  monotonicMs: () => number;
  /** Unix ms. */
  wallMs: () => number;
};

type Current = {
  plan: PlanMessage;
  planFile: string;
  newcomers: readonly Newcomer[];
  generator: LocalGenerator;
  begin: PromiseWithResolvers<number>;
};

type CellMessage = Extract<ToMember, { cell: number }>;

export function createPart(deps: PartDeps) {
  const { tell, say, monotonicMs, wallMs } = deps;
  const folder = mkdtempSync(join(tmpdir(), 'stampede-generator-'));
  mkdirSync(deps.logFolder, { recursive: true });
  let current: Current | null = null;
  let failure: string | null = null;
  let handled: Promise<void> = Promise.resolve();

  function fail(cell: number, error: unknown): void {
    failure = wordsOf(error);
    say(`✗ ${failure}`);
    tell({ type: 'failed', cell, message: failure });
  }

  async function letGo(): Promise<void> {
    const before = current;
    current = null;
    await before?.generator.stop();
  }

  async function prepare(plan: PlanMessage): Promise<void> {
    await letGo();
    const planned = planRun(plan.scenario, plan.seed);
    if (planned.kind === 'mistakes') throw new Error(planned.mistakes.join(' '));
    const planFile = join(folder, `plan-${plan.cell}.json`);
    writeFileSync(planFile, JSON.stringify(planned.plan));
    const { scheduling } = plan.scenario.generator;
    const generator = await startGenerator(deps.logFolder, { scheduling });
    const newcomers = planned.plan.newcomers ?? [];
    current = { plan, planFile, newcomers, generator, begin: Promise.withResolvers() };
    tell({
      type: 'prepared',
      cell: plan.cell,
      planHash: planHash(planned.plan),
      catalogueHash: catalogueHash(plan.input.history),
    });
  }

  /** Goes on beside whatever it is told meanwhile. */
  async function run({ plan, planFile, newcomers, generator, begin }: Current): Promise<void> {
    const { cell, shard, scenario, input } = plan;
    say(`Part ${shard.index + 1} of ${shard.count} of ${scenario.name} begins.`);
    let toldMs = Number.NEGATIVE_INFINITY;
    try {
      const summary = await generator.run(
        { ...input, planFile, shard },
        {
          onProgress(text, doneCount, totalCount) {
            if (monotonicMs() - toldMs < PROGRESS_EVERY_MS && doneCount < totalCount) return;
            toldMs = monotonicMs();
            tell({ type: 'progress', cell, text, doneCount, totalCount });
          },
          onReady(earliestMonotonicMs) {
            tell({ type: 'ready', cell, inMs: earliestMonotonicMs - monotonicMs() });
            return begin.promise;
          },
          // Told by `begin`.
          onWarmedUp: () => undefined,
          onSecond: (row) => tell({ type: 'second', cell, row }),
          onAttempts(attempts) {
            const sent = withoutForms(attempts, newcomers);
            for (let from = 0; from < sent.length; from += ATTEMPTS_AT_ONCE)
              tell({ type: 'attempts', cell, attempts: sent.slice(from, from + ATTEMPTS_AT_ONCE) });
          },
        },
      );
      tell({ type: 'done', cell, summary });
      say(`Part ${shard.index + 1} of ${shard.count} of ${scenario.name} is done.`);
    } catch (error) {
      // One that was dropped is nobody's any more.
      if (current?.plan === plan) fail(cell, error);
    } finally {
      await generator.stop();
      rmSync(planFile, { force: true });
    }
  }

  async function handle(message: CellMessage): Promise<void> {
    if (message.type === 'plan') return prepare(message);
    const under = current;
    if (under === null || under.plan.cell !== message.cell) return;
    switch (message.type) {
      case 'run':
        return void run(under);
      case 'begin':
        return under.begin.resolve(monotonicMs() + (message.atMs - wallMs()));
      case 'stop':
        return under.generator.endEarly();
      case 'drop':
        return letGo();
    }
  }

  return {
    /** Why it could not do its part the last time that it could not; null where it always could. */
    failure: () => failure,
    /** Each after the one before it is dealt with. */
    take(message: CellMessage): void {
      handled = handled.then(() => handle(message)).catch((error: unknown) => fail(message.cell, error));
    },
    async close(): Promise<void> {
      await handled;
      await letGo();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
