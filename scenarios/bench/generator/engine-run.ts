// One run of the real generator, in its own process, against any shop, with nothing around it.
import { decodeFromCompressedBase64, type Histogram } from 'hdr-histogram-js';
import { stopSignal } from '../../../deploy/local/programs/process-end.ts';
import { unlessStopped } from '../../../deploy/local/programs/unless-stopped.ts';
import type { GeneratorSecond, GeneratorSummary } from '../../../sim/engine/protocol/protocol.ts';
import type { GeneratorInput } from '../../../sim/generator/input.ts';
import { DEFAULT_SETTINGS } from '../../../sim/history/year/settings.ts';
import { startGenerator } from '../../cell/generators/one-generator.ts';
import type { RequestLoad } from './request-plan.ts';

/** Enough for what the engine does with them; the stub knows neither people nor products. */
const SMALL_HISTORY: GeneratorInput['history'] = {
  ...DEFAULT_SETTINGS,
  people: 1,
  products: 200,
  days: 1,
  untilMs: Date.UTC(2026, 10, 20, 11),
};

export type EngineRun = {
  summary: GeneratorSummary;
  /** Samples of the measured span, by metric; only of the metrics asked for. */
  histograms: Map<string, Histogram>;
};

/** What the generator is told, for a load of single requests. */
export function requestInput(
  shopUrl: string,
  planFile: string,
  load: RequestLoad,
  history: GeneratorInput['history'] = SMALL_HISTORY,
): GeneratorInput {
  return {
    shopUrls: [shopUrl],
    planFile,
    history,
    seed: load.seed,
    sessionKind: 'request',
    durationMs: load.durationMs,
    leadInMs: load.leadInMs,
    warmUpOrderCount: 0,
    thinkTimeCompression: 1,
    passwordSignInRatio: 0,
    httpDeadlineMs: 5_000,
    outcomeDeadlineMs: 5_000,
    drainMs: 5_000,
  };
}

/** Starts a generator, lets it work and ends it. */
export async function runEngine(options: {
  folder: string;
  input: GeneratorInput;
  metrics?: readonly string[];
  onStarted?: (pid: number) => void;
  onWarmedUp?: (spanStartMonotonicMs: number) => void;
  onSecond?: (row: GeneratorSecond) => void;
}): Promise<EngineRun> {
  const { input, metrics = [] } = options;
  const generator = await startGenerator(options.folder);
  const histograms = new Map<string, Histogram>();
  const add = (row: GeneratorSecond): void => {
    for (const { metric, second, encoded } of row.histograms) {
      if (second < 0 || second * 1_000 >= input.durationMs || !metrics.includes(metric)) continue;
      const part = decodeFromCompressedBase64(encoded);
      const sum = histograms.get(metric);
      if (sum === undefined) histograms.set(metric, part);
      else sum.add(part);
    }
  };
  try {
    options.onStarted?.(generator.pid);
    const running = generator.run(input, {
      onProgress: () => undefined,
      onAttempts: () => undefined,
      onWarmedUp: options.onWarmedUp ?? (() => undefined),
      onSecond(row) {
        add(row);
        options.onSecond?.(row);
      },
    });
    const summary = await unlessStopped(stopSignal(), running);
    return { summary, histograms };
  } finally {
    await generator.stop();
  }
}
