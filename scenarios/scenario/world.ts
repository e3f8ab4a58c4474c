// The world that a scenario starts from: the settings of its history and the people and products at the history's end. The
// database, the plan and the generator all take it from here, so that they cannot differ.
import { type HistoryWorld, historyWorld } from '../../sim/history/year/history-world.ts';
import {
  DEFAULT_SETTINGS,
  fingerprintOf,
  type HistorySettings,
  mistakesIn,
} from '../../sim/history/year/settings.ts';
import type { Scenario } from './scenario.ts';
import { shopStart } from './shop-start.ts';

type Shopping = Pick<Scenario, 'data' | 'shop'>;

/** The history that ends in the instant at which the shop's clock starts. */
export function historySettings(scenario: Shopping): HistorySettings {
  const { preset, seed, people, products, days } = scenario.data;
  const { growth, orders, behaviourRatio } = DEFAULT_SETTINGS;
  const untilMs = shopStart(scenario).getTime();
  return { preset, seed, people, products, days, untilMs, growth, orders, behaviourRatio };
}

/** What is wrong with the history that the scenario asks for; empty when it can be made. */
export function historyMistakes(scenario: Shopping): string[] {
  const { days, asOf } = scenario.data;
  return mistakesIn(historySettings(scenario)).map(
    (mistake) => `data.days=${days} up to data.asOf=${asOf} cannot be made. ${mistake}`,
  );
}

let last: { fingerprint: string; world: HistoryWorld } | null = null;

/**
 * The people and products of the scenario's history as they stand at its end. Takes a second per 10,000 people or so; the
 * last one is kept, because all cells of a run start from the same.
 * @throws Error when the settings are wrong (historyMistakes says so before)
 */
export function worldOf(scenario: Shopping): HistoryWorld {
  const settings = historySettings(scenario);
  const fingerprint = fingerprintOf(settings);
  if (last?.fingerprint !== fingerprint) last = { fingerprint, world: historyWorld(settings) };
  return last.world;
}
