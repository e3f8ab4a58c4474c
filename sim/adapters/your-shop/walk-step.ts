// One verb of a walk: called, timed, and told in a line.
import type { Timeline } from '../../engine/timing/timeline.ts';
import type { ShopVisit } from './define-shop.ts';
import { faultSentence } from './fault.ts';
import type { ShopItems } from './items.ts';
import { callVerb, type VerbDeps } from './verb-calls.ts';
import type { VerbName } from './verbs.ts';
import type { VisitorHttp } from './visitor-http.ts';
import type { Understood } from './walk-sentences.ts';

/** What became of a verb. `refused`: the shop said no. `missing`: the file does not have it. */
export type WalkedVerb = {
  verb: VerbName;
  end: 'ok' | 'refused' | 'failed' | 'missing';
  ms: number;
  requestCount: number;
  /** What was understood, in one line: "20 items, 20 of them in the catalogue; more pages". */
  understood: string;
  /** What speaks against a rehearsal though nothing failed, one line each. */
  doubts: readonly string[];
};

export type WalkDeps = VerbDeps & {
  timeline: Timeline;
  file: string;
  shop: ShopVisit;
  http: VisitorHttp;
  items: ShopItems;
  /** Requests that have ended so far. */
  requestCount: () => number;
  onVerb: (verb: WalkedVerb) => void;
};

/** One verb, told when it has ended; gives whether it went well. One that is missing holds nobody up. */
export async function step<Run extends (...given: never[]) => unknown, Given>(
  deps: WalkDeps,
  verb: VerbName,
  run: Run | undefined,
  call: (run: Run) => Promise<Given>,
  understand: (given: Given) => Understood,
): Promise<boolean> {
  if (run === undefined) {
    deps.onVerb({ verb, end: 'missing', ms: 0, requestCount: 0, understood: 'not in the file', doubts: [] });
    return true;
  }
  const beganMs = deps.timeline.nowMs();
  const requestsBefore = deps.requestCount();
  const bound = run.bind(deps.shop) as Run;
  const end = await callVerb(deps, deps.http, {
    verb,
    intendedMs: beganMs,
    run: () => call(bound),
    understand,
  });
  const told = {
    verb,
    ms: deps.timeline.nowMs() - beganMs,
    requestCount: deps.requestCount() - requestsBefore,
  };
  if (end.is === 'failed') {
    const understood = faultSentence(verb, end.error, deps.file);
    deps.onVerb({ ...told, end: 'failed', understood, doubts: [] });
    return false;
  }
  const { text, doubts = [], end: refused = 'ok' } = end.value;
  deps.onVerb({ ...told, end: refused, understood: text, doubts });
  return refused === 'ok';
}
