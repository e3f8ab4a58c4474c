// What the parts of the engine may report while they work. The recorder keeps it; warm-up reports into nothing.
import type { StarvationCode } from '../protocol/starvation.ts';

/** All times in ms of the timeline; samples are filed under the second of `intendedMs`. */
export type Measures = {
  sample(metric: string, intendedMs: number, durationMs: number): void;
  /** A sample that had no end when its deadline passed or the run ended: "at least `atLeastMs`". */
  censored(metric: string, intendedMs: number, atLeastMs: number): void;
  /** So many more in the present second, 1 where it is not said; the rehearsal refuses a name that its catalogue of metrics does not have. */
  count(counter: string, howMany?: number): void;
  /** A finished request: how it went, and under which name its failure is shown. */
  requestEnded(
    intendedMs: number,
    end: { ok: true } | { ok: false; failure: string; isUnknown: boolean },
  ): void;
  /** Something else went wrong that the page should name, such as a socket that did not connect. */
  failed(failure: string, atMs: number): void;
  /** The generator itself lacked something that the machine gives out; `code` is one of starvation.ts. */
  starved(code: StarvationCode): void;
};

/** Measures that forget everything. */
export const noMeasures: Measures = {
  sample: () => undefined,
  censored: () => undefined,
  count: () => undefined,
  requestEnded: () => undefined,
  failed: () => undefined,
  starved: () => undefined,
};
