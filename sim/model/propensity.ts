// How inclined a person is to come and buy (docs/shop-rules.md "Propensity"): the given formula with the found weights.

import type { Random } from './chance/random.ts';
import { ageBandMultiplier } from './hour-curves.ts';
import type { AgeBand, Gender, Grade, Person, PersonStatus } from './person.ts';

export type PropensityTable = {
  ageBand: Record<AgeBand, number>;
  gender: Record<Gender, number>;
  status: Record<PersonStatus, number>;
  marketingConsent: { yes: number; no: number };
  grade: Record<Grade, number>;
  /**
   * Chance and factor of a campaign reaching a consenting person. In Korea advertising from 21 to 8 o'clock needs a
   * separate consent (docs/realism.md "People"), which nobody in the model has given: the boost is off in those hours.
   */
  marketingBoost: { chance: number; factor: number; offFromHour: number; offUntilHour: number };
  /** What else may happen in a person's life: shares (adding up to 1) and factors. */
  lifeEvents: readonly { share: number; factor: number }[];
};

/** All found, except the hours without boost. A withdrawn person never scores: they are out of every pool. */
export const PROPENSITY: PropensityTable = {
  ageBand: { '10s': 12, '20s': 20, '30s': 25, '40s': 22, '50+': 18 },
  gender: { F: 15, M: 12 },
  status: { ACTIVE: 20, DORMANT: 5, WITHDRAWN: 0 },
  marketingConsent: { yes: 15, no: 8 },
  grade: { VIP: 25, GOLD: 20, SILVER: 15, BRONZE: 10 },
  marketingBoost: { chance: 0.2, factor: 1.3, offFromHour: 21, offUntilHour: 8 },
  lifeEvents: [
    { share: 0.85, factor: 1 },
    { share: 0.12, factor: 1.5 },
    { share: 0.03, factor: 3 },
  ],
};

type Traits = Pick<Person, 'ageBand' | 'gender' | 'status' | 'marketingConsent' | 'grade'>;

/** Sum of the five personal scores; 47 to 100 with the default table. */
export function baseScore(person: Traits, table: PropensityTable = PROPENSITY): number {
  return (
    table.ageBand[person.ageBand] +
    table.gender[person.gender] +
    table.status[person.status] +
    (person.marketingConsent ? table.marketingConsent.yes : table.marketingConsent.no) +
    table.grade[person.grade]
  );
}

/** Base score × the age band's multiplier at this hour (0–23): what chance has not touched yet. */
export function expectedScore(person: Traits, hour: number, table: PropensityTable = PROPENSITY): number {
  return baseScore(person, table) * ageBandMultiplier(person.ageBand, hour);
}

/**
 * The full score: `expectedScore` × marketing boost × life event. Takes two numbers from the stream for everybody, so
 * that one person's traits never shift another's luck.
 */
export function drawScore(
  person: Traits,
  hour: number,
  random: Random,
  table: PropensityTable = PROPENSITY,
): number {
  const boosted =
    random.chance(table.marketingBoost.chance) && person.marketingConsent && !isBoostOff(hour, table);
  const event = lifeEventFactor(random.uniform(), table);
  return expectedScore(person, hour, table) * (boosted ? table.marketingBoost.factor : 1) * event;
}

function isBoostOff(hour: number, table: PropensityTable): boolean {
  const { offFromHour, offUntilHour } = table.marketingBoost;
  return hour >= offFromHour || hour < offUntilHour;
}

function lifeEventFactor(share: number, table: PropensityTable): number {
  let cumulated = 0;
  for (const event of table.lifeEvents) {
    cumulated += event.share;
    if (share < cumulated) return event.factor;
  }
  return 1;
}
