// That an answer to "Kafka on or off?" comes within the time that it may take, and what it may not lose for that.
import { expect, it } from 'vitest';
import { secondsBefore } from '../ask/seconds-before.ts';
import { asQuick, planCells } from '../plan/cell-plan.ts';
import { expectedSeconds } from '../plan/expected-time.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { kafkaOnOff } from './kafka-on-off.ts';

function plannedSeconds(scenario: Scenario): number {
  const { search, warmUp } = secondsBefore(scenario);
  return expectedSeconds(planCells(scenario, 1)) + search + warmUp;
}

it('is planned with half an hour, its search and the runs that nobody measures among them', () => {
  expect(plannedSeconds(kafkaOnOff)).toBeLessThanOrEqual(30 * 60);
});

it('has a quick answer within four minutes', () => {
  expect(plannedSeconds(asQuick(kafkaOnOff))).toBeLessThanOrEqual(4 * 60);
});

it('holds every pair at every level in three blocks, and has a crowd that outlasts a request where one side is overrun', () => {
  const compared = planCells(kafkaOnOff, 1).filter(({ purpose }) => purpose === undefined);
  expect(compared).toHaveLength(3 * 5 * 3);
  const { load } = compared.find(({ level }) => level === 'far-over')?.scenario ?? kafkaOnOff;
  const sustainedPerSecond = load.ordersPerSecond / 3;
  expect(((load.crowdPeople ?? 0) / sustainedPerSecond) * 1_000).toBeGreaterThan(load.httpDeadlineMs);
  expect(load.outcomeDeadlineMs).toBeGreaterThan(load.httpDeadlineMs);
  expect(load.drainSeconds * 1_000).toBeGreaterThan(load.outcomeDeadlineMs);
});
