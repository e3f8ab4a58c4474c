// Gathers the generators of a rehearsal over Kafka before anything is rehearsed: says what to type on the other machines, waits until as
// many as are needed have joined and are fit for it, and keeps them until the rehearsal is over.
import { randomBytes } from 'node:crypto';
import type { CleanUp } from '../../deploy/local/programs/clean-up.ts';
import { wordsOf } from '../../deploy/local/programs/process-end.ts';
import { unlessStopped } from '../../deploy/local/programs/unless-stopped.ts';
import { clockTime } from '../cell/clock-time.ts';
import { generatorsAsOne, type StartGenerators } from '../cell/generators/generators.ts';
import { newMark } from '../data/run-mark.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { groupNames } from './names.ts';
import { openRehearsalLink } from './rehearsal-link.ts';
import { createRemoteGenerator } from './remote-generator.ts';
import { createRoll } from './roll.ts';
import { shopHost } from './shop-host.ts';
import { stampedeVersion } from './version.ts';

/** Whoever finds topics of this rehearsal later than this may take them for abandoned: longer than any takes. */
const LEASE_MS = 48 * 3_600_000;
export const TOKEN_VARIABLE = 'STAMPEDE_GENERATOR_TOKEN';
const TOKEN_BYTES = 12;

export type Gathered = {
  start: StartGenerators;
  /** Under which address they reach a shop of this machine; null where they are on it. */
  shopHost: string | null;
};

export type GatherInput = {
  /** As scenario and command have it: how many, and for how long they are waited for. */
  scenario: Scenario;
  brokers: readonly string[];
  environment: NodeJS.ProcessEnv;
  told: {
    phase(name: string, expectedSeconds: number | null): void;
    detail(text: string): void;
    say(line: string): void;
  };
  stop: AbortSignal;
  monotonicMs: () => number;
};

/**
 * Resolves when all are there; the clean-up lets them go.
 * @throws Error when too few have joined in time, or the brokers cannot be reached; the reason of `stop`
 */
export async function gatherGenerators(cleanUp: CleanUp, input: GatherInput): Promise<Gathered> {
  const { scenario, brokers, told, stop, monotonicMs } = input;
  const { count = 1, joinSeconds = JOIN_SECONDS } = scenario.generator;
  const { token, typed } = tokenOf(input.environment, brokers);
  const key = { mark: newMark(Date.now(), LEASE_MS), token };
  const host = await shopHost(brokers, input.environment);
  const complete = Promise.withResolvers<void>();
  const version = await stampedeVersion();
  const roll = createRoll({
    key,
    count,
    version,
    scenario,
    tell: (...words) => link.tell(...words),
    say: told.say,
    wallMs: Date.now,
    onChange(joinedCount) {
      told.detail(`${joinedCount} of ${count} have joined`);
      if (joinedCount === count) complete.resolve();
    },
  });
  const addressed = () => roll.members().map(({ id, shard }) => ({ id, shardIndex: shard.index }));
  const link = await openRehearsalLink({
    brokers,
    key,
    count,
    onFrame: roll.take,
    onTick: roll.tick,
    listeners: addressed,
  });
  let endedBecause: string | null = 'the rehearsal was ended';
  const { prefix } = groupNames(key.mark);
  cleanUp.later(
    {
      what: `topics and consumer groups ${prefix}* in Kafka`,
      remedy: `The next run on these brokers removes them; at once: kafka-topics.sh --delete --topic '${prefix}.*'`,
    },
    async () => {
      for (const { id, shardIndex } of addressed())
        link.tell(id, shardIndex, { type: 'over', because: endedBecause });
      await link.close();
    },
  );
  told.phase('waiting for generators', joinSeconds);
  told.say(`To join as a generator, on this machine or another: ${typed}`);
  const late = untilLate(joinSeconds * 1_000);
  try {
    await unlessStopped(stop, Promise.race([complete.promise, late.promise, link.failed]));
  } catch (error) {
    endedBecause = wordsOf(error);
    throw error;
  } finally {
    late.cancel();
  }
  endedBecause = null;
  let cell = 0;
  return {
    shopHost: host,
    async start({ scenario: ofCell, seed }) {
      const here = roll.members();
      if (here.length < count)
        throw new Error(
          `Of ${count} generators that joined over Kafka ${here.length} are left${here.length === 0 ? '' : ` (${here.map(({ name }) => name).join(', ')})`}. Needed: all of them, until the last single run has begun. Rehearse anew, and see on the other machines why theirs ended.`,
        );
      cell += 1;
      const all = here.map((member) =>
        createRemoteGenerator({
          member,
          cell,
          scenario: ofCell,
          seed,
          tell: (message) => link.tell(member.id, member.shard.index, message),
          monotonicMs,
          wallMs: Date.now,
        }),
      );
      return generatorsAsOne(all);
    },
  };

  function untilLate(afterMs: number) {
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => undefined);
    const timer = setTimeout(() => {
      const joined = roll.members().map(({ name }) => name);
      const who = joined.length === 0 ? 'none' : `${joined.length} (${joined.join(', ')})`;
      reject(
        new Error(
          `Of ${count} generators ${who} had joined over Kafka after ${clockTime(afterMs / 1_000)} min. Needed: ${typed} – ${count === 1 ? 'once' : `${count} times`}, or more time (--set generator.joinSeconds=…).`,
        ),
      );
    }, afterMs);
    return { promise, cancel: () => clearTimeout(timer) };
  }
}

export const JOIN_SECONDS = 600;

/** The token that both sides must have, and what is to be typed where it is known. */
function tokenOf(environment: NodeJS.ProcessEnv, brokers: readonly string[]) {
  const command = `npm run generator -- --kafka ${brokers.join(',')}`;
  const { [TOKEN_VARIABLE]: told = '' } = environment;
  if (told !== '') return { token: told, typed: `${command} (with the same ${TOKEN_VARIABLE})` };
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, typed: `${TOKEN_VARIABLE}=${token} ${command}` };
}
