// What the rules tell the operator: how much they look at, what they gave, and how long after an action it was given.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { WaitingMetrics } from '../platform/postgres/waiting.ts';
import type { Rule } from './rule.ts';
import { RULES } from './rules.ts';

export type RulesMetrics = WaitingMetrics & {
  /** Actions came off the topic and are done with; for each of their batches, the ms since the shop took it in. */
  taken(actionCount: number, lagsMs: readonly number[]): void;
  given(rule: Rule['name']): void;
  /** Redis did not take a push; it is given at the next connection. */
  pushFailed(): void;
  /** A message is no batch of actions; the behaviour log's consumer sets it aside. */
  unreadable(): void;
  /** Asks for the people remembered and the alarms set whenever somebody reads the metrics. Call it once. */
  watch(counts: { people: () => number; alarms: () => number }): void;
};

export function createRulesMetrics(registry: Registry): RulesMetrics {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const actions = counter('shop_rules_actions_total', 'Actions that the rules looked at');
  const given = counter('shop_rules_given_total', 'Coupons and alerts that the rules gave', ['rule']);
  for (const { name, effect } of RULES) if (effect.kind !== 'list') given.inc({ rule: name }, 0);
  const failures = counter(
    'shop_rules_push_failures_total',
    'Pushes of notifications that Redis did not take',
  );
  const unreadable = counter('shop_rules_unreadable_total', 'Messages that hold no actions');
  const waits = counter(
    'shop_rules_waits_total',
    'Attempts to look at actions that failed for a cause outside of them',
    ['cause'],
  );
  let isWaiting = () => false;
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge(
    'shop_rules_waiting',
    '1 while actions wait because the database is away or refuses its service',
    () => (isWaiting() ? 1 : 0),
  );
  const lagSeconds = new Histogram({
    name: 'shop_rules_lag_seconds',
    help: 'Time from taking actions in to having given what they bring',
    buckets: [0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 3, 5, 10],
    registers,
  });
  let counts = { people: () => 0, alarms: () => 0 };
  gauge('shop_rules_people', 'People whose actions the rules remember', () => counts.people());
  gauge('shop_rules_alarms', 'People who are to be looked at when a time has passed', () => counts.alarms());
  return {
    taken(actionCount, lagsMs) {
      actions.inc(actionCount);
      for (const lagMs of lagsMs) lagSeconds.observe(lagMs / 1_000);
    },
    given: (rule) => given.inc({ rule }),
    pushFailed: () => failures.inc(),
    unreadable: () => unreadable.inc(),
    watch(asked) {
      counts = asked;
    },
    waited: (cause) => waits.inc({ cause }),
    watchWaiting(ask) {
      isWaiting = ask;
    },
  };
}
