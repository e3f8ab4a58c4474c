// The stub shop as a bench sees it.
import { type BenchProgram, startBenchProgram } from './bench-program.ts';
import type { StubDelay, StubJob } from './stub-shop-program.ts';

export type StubShop = {
  url: string;
  stall(fromMs: number, untilMs: number): Promise<void>;
  heldMs(): Promise<number[]>;
  /** Products that it has given since its start. */
  answeredCount(): Promise<number>;
  stop(): Promise<void>;
};

/** Starts a stub shop; see stub-shop-program.ts for the delay. `nice` is its priority, where that may be set. */
export async function startStubShop(folder: string, delay: StubDelay, nice?: number): Promise<StubShop> {
  const program: BenchProgram = await startBenchProgram({
    path: 'scenarios/bench/programs/stub-shop-program.ts',
    folder,
    ...(nice === undefined ? {} : { nice }),
  });
  const ask = <Result>(job: StubJob): Promise<Result> => program.ask<Result>(job);
  return {
    url: await ask<string>({ kind: 'listen', delay }),
    stall: (fromMs, untilMs) => ask({ kind: 'stall', fromMs, untilMs }),
    heldMs: () => ask({ kind: 'report' }),
    answeredCount: () => ask({ kind: 'count' }),
    stop: program.stop,
  };
}
