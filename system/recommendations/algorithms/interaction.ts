// What all algorithms here speak of: who had to do with what and how much, and what that gives somebody, best first.

/** `weight` > 0: how much it says of a taste; of several with the same thing the sum counts. */
export type Interaction = { userId: number; itemId: number; weight: number };

/** Only the order of scores of one ranking means something. */
export type ScoredItem = { itemId: number; score: number };

/**
 * Learns from interactions one at a time, each at a cost that does not depend on how many people or things there are, and ranks
 * for one person what they have had nothing to do with.
 */
export type Ranker = {
  add(interaction: Interaction): void;
  /** At most `count`, best first; empty for somebody of whom nothing is known. */
  rank(userId: number, count: number): ScoredItem[];
};
