// A generator of another process or machine as the rehearsal has its own: told through the plan's topic, heard through that of the
// measurements.
import { readFile } from 'node:fs/promises';
import type { GeneratorSummary } from '../../sim/engine/protocol/protocol.ts';
import type { GeneratorInput } from '../../sim/generator/input.ts';
import type { RunPlan } from '../../sim/model/run-plan.ts';
import type { Generator, ShardListeners } from '../cell/generators/one-generator.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { catalogueHash } from './catalogue-hash.ts';
import type { FromMember, SentInput, ToMember } from './messages.ts';
import type { Member } from './roll.ts';
import { withForms } from './sent-attempts.ts';

/**
 * What `begin` takes to its generator and a little more: all of them hear of the start before it. A group whose members change just
 * then reads on after the next heartbeat, in two seconds.
 */
const BEGIN_TAKES_MS = 3_000;

export type RemoteDeps = {
  member: Member;
  /** The rehearsal's single run, counted. */
  cell: number;
  scenario: Scenario;
  seed: number;
  tell: (message: ToMember) => void;
  monotonicMs: () => number;
  wallMs: () => number;
};

type WithoutCell = Exclude<FromMember, { type: 'hello' | 'pong' | 'busy' | 'alive' | 'bye' }>;

export function createRemoteGenerator(deps: RemoteDeps): Generator {
  const { member, cell, tell } = deps;
  const gone = Promise.withResolvers<never>();
  gone.promise.catch(() => undefined);
  let hear: (message: WithoutCell) => void = () => undefined;
  let newcomers: NonNullable<RunPlan['newcomers']> = [];
  let isUnderWay = false;
  member.lost = (because) => gone.reject(new Error(because));
  member.hear = (message) => {
    if ('cell' in message && message.cell === cell) hear(message);
  };

  return {
    name: member.name,
    // It has the turn on the processor that its own machine gives it.
    hasPriority: true,
    isScheduled: true,
    async prepare(input) {
      if (member.goneBecause !== null) throw new Error(member.goneBecause);
      const plan = JSON.parse(await readFile(input.planFile, 'utf8')) as RunPlan & { hash: string };
      newcomers = plan.newcomers ?? [];
      isUnderWay = true;
      const prepared = new Promise<Extract<FromMember, { type: 'prepared' }>>((resolve, reject) => {
        hear = (message) => {
          if (message.type === 'prepared') resolve(message);
          if (message.type === 'failed') reject(new Error(message.message));
        };
      });
      const { scenario, seed } = deps;
      tell({
        type: 'plan',
        cell,
        shard: member.shard,
        scenario,
        seed,
        planHash: plan.hash,
        input: sentInput(input),
      });
      const made = await Promise.race([prepared, gone.promise]);
      if (made.planHash !== plan.hash) throw new Error(differs('plan', made.planHash, plan.hash));
      const own = catalogueHash(input.history);
      if (made.catalogueHash !== own) throw new Error(differs('catalogue', made.catalogueHash, own));
    },
    run: (_input, listeners) =>
      Promise.race([runRemote(listeners), gone.promise]).finally(() => {
        isUnderWay = false;
      }),
    endEarly: () => tell({ type: 'stop', cell }),
    async stop() {
      if (isUnderWay && member.goneBecause === null) tell({ type: 'drop', cell });
      isUnderWay = false;
    },
  };

  function runRemote(listeners: ShardListeners): Promise<GeneratorSummary> {
    return new Promise((resolve, reject) => {
      hear = (message) => {
        try {
          takeFromRun(message, listeners, resolve, reject);
        } catch (error) {
          reject(error);
        }
      };
      tell({ type: 'run', cell });
    });
  }

  function takeFromRun(
    message: WithoutCell,
    listeners: ShardListeners,
    resolve: (summary: GeneratorSummary) => void,
    reject: (error: Error) => void,
  ) {
    switch (message.type) {
      case 'progress':
        return listeners.onProgress(message.text, message.doneCount, message.totalCount);
      case 'ready':
        return ready(message.inMs, listeners);
      case 'second':
        return listeners.onSecond(message.row);
      case 'attempts':
        return listeners.onAttempts(withForms(message.attempts, newcomers));
      case 'done':
        return resolve({ ...message.summary, name: member.name });
      case 'failed':
        return reject(new Error(message.message));
      case 'prepared':
        return;
    }
  }

  function ready(inMs: number, listeners: ShardListeners) {
    const earliestMs = deps.monotonicMs() + inMs + BEGIN_TAKES_MS;
    void listeners.onReady?.(earliestMs).then(
      (startMs) => {
        const onOurClock = deps.wallMs() + (startMs - deps.monotonicMs());
        tell({ type: 'begin', cell, atMs: onOurClock + member.clock.offsetMs });
      },
      () => tell({ type: 'stop', cell }),
    );
  }
}

const differs = (what: string, found: string, needed: string): string =>
  `The ${what} that it makes of this scenario is another one: found ${found.slice(0, 12)}, needed ${needed.slice(0, 12)}. Nothing was started; the same version of Stampede makes the same.`;

/** What may go over the brokers. @throws Error for an input that only a generator of this machine can work on */
export function sentInput(input: GeneratorInput): SentInput {
  const { planFile: _plan, readsFile, topics, yourShop, shard: _shard, ...sent } = input;
  const [local] = Object.entries({ readsFile, topics, yourShop }).flatMap(([name, there]) =>
    there === undefined ? [] : [name],
  );
  if (local !== undefined)
    throw new Error(`A generator was to be told ${local} over Kafka; needed: a generator of this machine.`);
  return sent;
}
