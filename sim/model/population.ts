// Draws people of a shop: who they are and whether they ordered before.

import type { Random } from './chance/random.ts';
import { draw, type WeightedChoice, weightedKeys } from './chance/weighted-choice.ts';
import {
  type AgeBand,
  ageBandOf,
  type Gender,
  type Grade,
  type Person,
  type PersonStatus,
  type Region,
} from './person.ts';

/**
 * Shares of new people (docs/shop-rules.md "People", docs/realism.md "People", "Growth and arrivals"); percentages need
 * not add up to 100.
 */
export const POPULATION = {
  /** Found: 20s/30s/40s/50–60 30/30/25/15 %, nobody in the tens. Ages are uniform inside a band. */
  ageBands: { '10s': 0, '20s': 30, '30s': 30, '40s': 25, '50+': 15 },
  ages: { '10s': [14, 19], '20s': [20, 29], '30s': [30, 39], '40s': [40, 49], '50+': [50, 69] },
  /** Published: women are 53 % of customers. */
  genders: { F: 53, M: 47 },
  /** Found. */
  regions: {
    Seoul: 18,
    Busan: 7,
    Daegu: 5,
    Incheon: 6,
    Gwangju: 3,
    Daejeon: 3,
    Ulsan: 2,
    Gyeonggi: 25,
    Gangwon: 3,
    Chungcheong: 10,
    Jeolla: 8,
    Gyeongsang: 8,
    Jeju: 2,
  },
  /** Found: 20 % dormant. Nobody starts withdrawn. */
  statuses: { ACTIVE: 80, DORMANT: 20, WITHDRAWN: 0 },
  /** Published, one campaign: 53 % consent to marketing. */
  marketingConsentRatio: 0.53,
  /** Found: points given at sign-up. */
  signUpPoints: 1_000,
  /**
   * Ours: the share that ordered before `asOf` (so that the 600/400 rule finds both kinds); the last order is uniform
   * between sign-up and `asOf`, dormant people's in the first half of it.
   */
  orderedBeforeRatio: 0.65,
  /**
   * Ours: grades of those who ordered; all others are BRONZE. Over all: BRONZE 89.9 %, VIP 1.0 % (docs/realism.md
   * "Grades").
   */
  gradesOfBuyers: { BRONZE: 84.5, SILVER: 10, GOLD: 4, VIP: 1.5 },
  /** Published (Bass): p and q per week; everybody signed up in the last 52 weeks. */
  bass: { p: 0.00714, q: 0.0905, weeks: 52 },
} satisfies PopulationShares;

export type PopulationShares = {
  ageBands: Record<AgeBand, number>;
  ages: Record<AgeBand, [number, number]>;
  genders: Record<Gender, number>;
  regions: Record<Region, number>;
  statuses: Record<PersonStatus, number>;
  marketingConsentRatio: number;
  signUpPoints: number;
  orderedBeforeRatio: number;
  gradesOfBuyers: Record<Grade, number>;
  bass: { p: number; q: number; weeks: number };
};

/** Draws single people by these shares. Takes the same numbers from the stream for everybody. */
export function createPersonDraw(
  asOfMs: number,
  shares: PopulationShares = POPULATION,
): (id: number, createdAtMs: number, random: Random) => Person {
  const choices: Choices = {
    ageBand: weightedKeys(shares.ageBands),
    gender: weightedKeys(shares.genders),
    region: weightedKeys(shares.regions),
    status: weightedKeys(shares.statuses),
    grade: weightedKeys(shares.gradesOfBuyers),
  };
  return (id, createdAtMs, random) => describe(id, createdAtMs, asOfMs, shares, choices, random);
}

type Choices = {
  ageBand: WeightedChoice<AgeBand>;
  gender: WeightedChoice<Gender>;
  region: WeightedChoice<Region>;
  status: WeightedChoice<PersonStatus>;
  grade: WeightedChoice<Grade>;
};

function describe(
  id: number,
  createdAtMs: number,
  asOfMs: number,
  shares: PopulationShares,
  choices: Choices,
  random: Random,
): Person {
  const [youngest, oldest] = shares.ages[draw(choices.ageBand, random)];
  const age = random.integer(youngest, oldest);
  const status = draw(choices.status, random);
  const ordered = random.chance(shares.orderedBeforeRatio);
  const latest = status === 'DORMANT' ? 0.5 : 1;
  return {
    id,
    gender: draw(choices.gender, random),
    birthYear: new Date(asOfMs).getUTCFullYear() - age,
    age,
    ageBand: ageBandOf(age),
    region: draw(choices.region, random),
    status,
    marketingConsent: random.chance(shares.marketingConsentRatio),
    grade: ordered ? draw(choices.grade, random) : 'BRONZE',
    createdAtMs,
    lastOrderedAtMs: ordered
      ? Math.floor(createdAtMs + random.uniform() * latest * (asOfMs - createdAtMs))
      : null,
    points: shares.signUpPoints,
  };
}
