// Calls of somebody's verbs: each ends, whatever the code in it does, and what goes wrong in it is counted and named.
import type { Measures } from '../../engine/measuring/measures.ts';
import type { DeadlineQueue, Waiter } from '../../engine/timing/deadline-queue.ts';
import type { AtWork } from './fault.ts';
import { HttpFailure } from './http-failure.ts';
import type { VisitorHttp } from './visitor-http.ts';

/** After `failed` what was asked for may have happened all the same. */
export type VerbEnd<Value> = { is: 'done'; value: Value } | { is: 'failed'; error: unknown };

export type VerbDeps = {
  measures: Measures;
  /** Of verbs as a whole; requests have their own. */
  deadlines: DeadlineQueue;
  deadlineMs: number;
  kindOf: (atWork: AtWork, error: unknown) => string;
  /** Hears which verb begins, before any of its code runs. */
  onBegin: (atWork: AtWork) => void;
};

/**
 * Calls a verb that was intended for `intendedMs`; `understand` looks at what it gave, and may throw as the verb may. Never rejects.
 * A failure that no request stands for is counted like a failed request: somebody waited and got nothing.
 */
export function callVerb<Given, Value>(
  deps: VerbDeps,
  http: VisitorHttp,
  call: {
    verb: AtWork;
    intendedMs: number;
    run: () => Given | Promise<Given>;
    understand: (given: Given) => Value;
  },
): Promise<VerbEnd<Value>> {
  return new Promise((resolve) => {
    deps.onBegin(call.verb);
    http.begins(call.intendedMs);
    const waiting = new WaitingVerb(deps, call.verb, call.intendedMs, resolve);
    runVerb(call).then(
      (value) => waiting.ends({ is: 'done', value }),
      (error: unknown) => waiting.fails(error),
    );
  });
}

/** Async, so that what is thrown at once ends like what is thrown later. */
async function runVerb<Given, Value>(call: {
  run: () => Given | Promise<Given>;
  understand: (given: Given) => Value;
}): Promise<Value> {
  return call.understand(await call.run());
}

class WaitingVerb<Value> implements Waiter {
  private readonly deps: VerbDeps;
  private readonly verb: AtWork;
  private readonly intendedMs: number;
  private readonly resolve: (end: VerbEnd<Value>) => void;
  private readonly ticket: number;
  private isOver = false;

  constructor(deps: VerbDeps, verb: AtWork, intendedMs: number, resolve: (end: VerbEnd<Value>) => void) {
    this.deps = deps;
    this.verb = verb;
    this.intendedMs = intendedMs;
    this.resolve = resolve;
    this.ticket = deps.deadlines.add(this);
  }

  ends(end: VerbEnd<Value>): void {
    if (this.isOver) return;
    this.isOver = true;
    this.deps.deadlines.meet(this.ticket);
    this.resolve(end);
  }

  fails(error: unknown): void {
    if (this.isOver) return;
    if (!(error instanceof HttpFailure && error.isCounted)) this.count(this.deps.kindOf(this.verb, error));
    this.ends({ is: 'failed', error });
  }

  missed(): void {
    if (this.isOver) return;
    this.count(`timeout in verb ${this.verb}`);
    const error = new Error(`no end within ${this.deps.deadlineMs} ms, needed one in time`);
    this.ends({ is: 'failed', error });
  }

  /** The run is over; its requests are counted as unfinished, and so it needs no counting. */
  cutOff(): void {
    this.ends({ is: 'failed', error: new Error('the run ended before it did') });
  }

  private count(failure: string): void {
    this.deps.measures.requestEnded(this.intendedMs, { ok: false, failure, isUnknown: false });
  }
}
