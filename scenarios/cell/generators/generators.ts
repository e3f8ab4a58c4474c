// All generators of a cell: one, or several that divide a plan among them, start at one instant and are heard as one.
import type { Scheduling } from '../../../deploy/local/programs/scheduling.ts';
import type { GeneratorSummary } from '../../../sim/engine/protocol/protocol.ts';
import type { GeneratorInput } from '../../../sim/generator/input.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { createSecondMerger } from './merge-seconds.ts';
import { mergeSummaries } from './merge-summaries.ts';
import {
  type Generator,
  type GeneratorListeners,
  type LocalGenerator,
  startGenerator,
} from './one-generator.ts';

/** What they did; `lost` says of each that ended too early how, and then what it sent is not known. */
export type GeneratorsRun = { summary: GeneratorSummary; lost: readonly string[] };

export type Generators = {
  /** Of those that are processes of this machine. */
  pids: readonly number[];
  hasPriority: boolean;
  /** Whether all got the scheduling that was asked for. */
  isScheduled: boolean;
  /** Runs the plan; rejects when the only generator, or all of several, fail or end without a summary. */
  run(input: GeneratorInput, listeners: GeneratorListeners): Promise<GeneratorsRun>;
  stop(): Promise<void>;
};

/** Has the generators of a single run ready, which wait for their input; how, its rehearsal knows. */
export type StartGenerators = (cell: {
  scenario: Scenario;
  seed: number;
  logFolder: string;
}) => Promise<Generators>;

/** Starts `count` generators of this machine, which wait for their input. */
export async function startGenerators(
  count: number,
  logFolder: string,
  scheduling?: Scheduling,
): Promise<Generators> {
  const names = Array.from({ length: count }, (_, index) =>
    count === 1 ? 'generator' : `generator-${index + 1}`,
  );
  const started = await Promise.allSettled(
    names.map((name) => startGenerator(logFolder, { scheduling, name })),
  );
  const all = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const stop = async () => {
    await Promise.all(all.map((generator) => generator.stop()));
  };
  const failed = started.find((one) => one.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  return generatorsAsOne(all);
}

/** Generators that are there already, heard as one. */
export function generatorsAsOne(
  all: readonly (Generator & Partial<Pick<LocalGenerator, 'pid'>>)[],
): Generators {
  return {
    pids: all.flatMap(({ pid }) => pid ?? []),
    hasPriority: all.every(({ hasPriority }) => hasPriority),
    isScheduled: all.every(({ isScheduled }) => isScheduled),
    run: (input, listeners) => runGenerators(all, input, listeners),
    async stop() {
      await Promise.all(all.map((generator) => generator.stop()));
    },
  };
}

async function runGenerators(
  generators: readonly Generator[],
  input: GeneratorInput,
  listeners: GeneratorListeners,
): Promise<GeneratorsRun> {
  const [only] = generators;
  const count = generators.length;
  if (only === undefined) throw new Error('a plan was given to no generator');
  const isAlone = count === 1 && only.name === undefined;
  if (isAlone) return { summary: await only.run(input, listeners), lost: [] };
  const inputOf = (index: number): GeneratorInput => ({ ...input, shard: { index, count } });
  const named = (index: number, error: unknown): Error => {
    const { name } = generators[index] ?? {};
    const who = `Generator ${index + 1} of ${count}${name === undefined ? '' : ` (${name})`}`;
    return new Error(`${who}: ${(error as Error).message}`, { cause: error });
  };
  // None begins before all can.
  await Promise.all(
    generators.map((generator, index) =>
      generator.prepare?.(inputOf(index)).catch((error: unknown) => {
        throw named(index, error);
      }),
    ),
  );
  const seconds = createSecondMerger(count, listeners.onSecond);
  const beginning = createBeginning(count, listeners);
  const heard = await Promise.allSettled(
    generators.map(async (generator, index) => {
      try {
        return await generator.run(inputOf(index), {
          onProgress: beginning.progress(index),
          onReady: (earliestMs) => beginning.ready(index, earliestMs),
          // All begin when they are told to, and are heard as one.
          onWarmedUp: () => undefined,
          onSecond: (row) => seconds.take(index, row),
          onAttempts: listeners.onAttempts,
        });
      } catch (error) {
        // What is left of the plan is not the plan: the others end, too, and tell what they have.
        beginning.gone(index);
        for (const other of generators) other.endEarly();
        throw named(index, error);
      } finally {
        seconds.ended(index);
      }
    }),
  );
  const lost = heard.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
  const summaries = heard.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const [firstLost] = lost;
  if (firstLost !== undefined && (summaries.length === 0 || !beginning.hasBegun())) throw firstLost;
  return { summary: mergeSummaries(summaries), lost: lost.map(({ message }) => message) };
}

/** Brings all to one start: the latest of the instants at which each could begin. */
function createBeginning(count: number, listeners: GeneratorListeners) {
  const earliestMs = new Map<number, number>();
  const { promise: begun, resolve: begin, reject: giveUp } = Promise.withResolvers<number>();
  begun.catch(() => undefined);
  let hasBegun = false;
  let isGivenUp = false;
  const doneCounts = new Array<number>(count).fill(0);
  const totalCounts = new Array<number>(count).fill(0);
  const sum = (counts: readonly number[]) => counts.reduce((total, one) => total + one, 0);
  return {
    hasBegun: () => hasBegun,
    progress: (index: number) => (text: string, doneCount: number, totalCount: number) => {
      doneCounts[index] = doneCount;
      totalCounts[index] = totalCount;
      listeners.onProgress(text, sum(doneCounts), sum(totalCounts));
    },
    /** Resolves with the start of the span once all are ready; rejects when one is gone before. */
    ready(index: number, ms: number): Promise<number> {
      earliestMs.set(index, ms);
      // One that was ready may be gone by the time the last one is.
      if (earliestMs.size === count && !hasBegun && !isGivenUp) {
        hasBegun = true;
        const spanStartMs = Math.max(...earliestMs.values());
        listeners.onWarmedUp(spanStartMs);
        begin(spanStartMs);
      }
      return begun;
    },
    gone(index: number): void {
      if (hasBegun) return;
      isGivenUp = true;
      giveUp(new Error(`generator ${index + 1} is gone`));
    },
  };
}
