// What a rehearsal and its generators say to each other over Kafka: the rehearsal through its plan's topic, the generators through that of
// the measurements. `cell` counts the rehearsal's single runs. No password, no session's token and no customer's address is in any of it.
import type { GeneratorSecond, GeneratorSummary } from '../../sim/engine/protocol/protocol.ts';
import type { GeneratorInput } from '../../sim/generator/input.ts';
import type { Shard } from '../../sim/model/shards.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { SentAttempt } from './sent-attempts.ts';

/** The rehearsal's name as sender and recipient. */
export const REHEARSAL = 'rehearsal';

/** Files lie on one machine, what comes from outside is told by the rehearsal's own, and somebody's own shop is a file. */
export type SentInput = Omit<GeneratorInput, 'planFile' | 'readsFile' | 'topics' | 'yourShop' | 'shard'>;

/** The plan itself is made by each generator from scenario and seed; `planHash` says what must come of it. */
export type PlanMessage = {
  type: 'plan';
  cell: number;
  shard: Shard;
  scenario: Scenario;
  seed: number;
  planHash: string;
  input: SentInput;
};

export type ToMember =
  /** It is none of this rehearsal's generators; the reason ends a sentence. */
  | { type: 'refused'; because: string }
  /** To be answered at once, with the clock of whoever answers. */
  | { type: 'ping'; sentAtMs: number }
  | { type: 'welcome'; shard: Shard }
  | PlanMessage
  | { type: 'run'; cell: number }
  /** When the span begins, on the generator's own clock, Unix ms. */
  | { type: 'begin'; cell: number; atMs: number }
  /** End the span now and report. */
  | { type: 'stop'; cell: number }
  /** End it at once: nobody listens any more. */
  | { type: 'drop'; cell: number }
  | { type: 'alive' }
  | { type: 'over'; because: string | null };

export type FromMember =
  | { type: 'hello'; shard: number; version: string; descriptorLimit: number | null }
  | { type: 'pong'; sentAtMs: number; atMs: number }
  /** It works for another rehearsal. */
  | { type: 'busy' }
  | { type: 'alive' }
  | { type: 'bye'; because: string }
  | { type: 'prepared'; cell: number; planHash: string; catalogueHash: string }
  | { type: 'progress'; cell: number; text: string; doneCount: number; totalCount: number }
  /** Could begin its span in so many ms. */
  | { type: 'ready'; cell: number; inMs: number }
  | { type: 'second'; cell: number; row: GeneratorSecond }
  | { type: 'attempts'; cell: number; attempts: SentAttempt[] }
  | { type: 'done'; cell: number; summary: GeneratorSummary }
  | { type: 'failed'; cell: number; message: string };
