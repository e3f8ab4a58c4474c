// What a synthetic run may be asked to be.
import type { CacheStudy } from '../record/cache-study.ts';
import type { Verdict } from '../record/result.ts';

export type SyntheticOptions = {
  root: string;
  scenario?: string;
  seed?: number;
  startedAt?: Date;
  durationSeconds?: number;
  leadInSeconds?: number;
  /** The first one is the baseline of the comparisons. Variants named `direct…` have no broker in their path. */
  variants?: string[];
  /** Levels of load; null, the default, for a scenario without. */
  levels?: string[] | null;
  blockCount?: number;
  /** Kills a broker in the middle of each single run; the shop recovers after 12.4 s. */
  hasFault?: boolean;
  /** Two people are to sign up in each second of the span; one in ten gets no account. */
  hasGrowth?: boolean;
  routeCount?: number;
  verdict?: Verdict;
  /** Put wherever users' words can stand. */
  hostileText?: string;
  /** What caches did; left out: nothing was replayed. */
  cacheStudy?: CacheStudy;
};

export type SyntheticSettings = Required<Omit<SyntheticOptions, 'cacheStudy'>>;
