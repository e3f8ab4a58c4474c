// Bench: whether several generators on one machine keep to one plan that they divide, at the rate of a large shop's evening, and if
// not, at which rate they do. The stub answers at once, so that what runs out are the generators' share of the cores.
import { availableParallelism } from 'node:os';
import { unlessStopped } from '../../../deploy/local/programs/unless-stopped.ts';
import type { GeneratorSummary } from '../../../sim/engine/protocol/protocol.ts';
import { startGenerators } from '../../cell/generators/generators.ts';
import {
  type Bench,
  type BenchContext,
  type BenchRow,
  type BenchSize,
  counted,
  judged,
  reported,
} from '../bench.ts';
import { type StubShop, startStubShop } from '../programs/stub-shop.ts';
import { requestInput } from './engine-run.ts';
import { planRequests, type RequestLoad, writePlan } from './request-plan.ts';

const FULL = {
  /** Sessions a second of all generators together, tried one after the other until they keep to one. */
  rates: [3_000, 2_000, 1_500, 1_000, 500],
  leadInMs: 5_000,
  durationMs: 10_000,
  peopleCount: 4_000,
};
const SIZES: Record<BenchSize, typeof FULL> = {
  full: FULL,
  check: { rates: [60], leadInMs: 0, durationMs: 1_000, peopleCount: 100 },
};
const MAX_LATENESS_MS = 20;
const MS_PER_SECOND = 1_000;

type Held = {
  rate: number;
  summary: GeneratorSummary;
  /** Lead-in included. */
  plannedCount: number;
  answeredCount: number;
};

async function measure(
  { folder, settings, size, stop }: BenchContext,
  shop: StubShop,
  rate: number,
): Promise<Held> {
  const { leadInMs, durationMs, peopleCount } = SIZES[size];
  const load: RequestLoad = { requestsPerSecond: rate, leadInMs, durationMs, peopleCount, seed: 1 };
  const plan = planRequests(load);
  const input = requestInput(shop.url, await writePlan(folder, plan), load);
  const before = await shop.answeredCount();
  const generators = await startGenerators(settings.generatorCount, folder);
  try {
    const ignored = () => undefined;
    const running = generators.run(input, {
      onProgress: ignored,
      onAttempts: ignored,
      onWarmedUp: ignored,
      onSecond: ignored,
    });
    const { summary, lost } = await unlessStopped(stop, running);
    if (lost.length > 0) throw new Error(lost.join('; '));
    const answeredCount = (await shop.answeredCount()) - before;
    return { rate, summary, plannedCount: plan.sessions.length, answeredCount };
  } finally {
    await generators.stop();
  }
}

const isHeld = ({ summary }: Held): boolean =>
  summary.latenessP99Ms <= MAX_LATENESS_MS && summary.startedCount === summary.plannedCount;

function rowsOf(tried: readonly Held[], size: BenchSize): BenchRow[] {
  const [first] = tried;
  const last = tried.at(-1);
  if (first === undefined || last === undefined) throw new Error('several generators were given no rate');
  const { cpuSeconds, spanSeconds, shards = [], plannedCount } = last.summary;
  const shares = (shards.length === 0 ? [last.summary] : shards).map((shard) => shard.cpuSeconds);
  const cores = (seconds: number) => seconds / spanSeconds;
  return [
    judged(`generators.latenessP99@${first.rate}`, first.summary.latenessP99Ms, 'ms', {
      atMost: MAX_LATENESS_MS,
    }),
    reported('generators.heldRate', isHeld(last) ? last.rate : 0, 'sessions/s'),
    reported(`generators.latenessP99@held`, last.summary.latenessP99Ms, 'ms'),
    reported('generators.cores', cores(cpuSeconds), `of ${availableParallelism()} cores`),
    reported('generators.coresOfBusiest', cores(Math.max(...shares)), 'cores'),
    reported('generators.cpuOfSession', (cpuSeconds * MS_PER_SECOND * MS_PER_SECOND) / plannedCount, 'µs'),
    // At a rate that they do not keep, sessions are dropped: what is counted is the one that they do. A check judges no time, and
    // eight processes that begin at once may be late on a busy machine: of what they started all must arrive.
    counted(
      'generators.sessions',
      last.answeredCount,
      size === 'check' ? last.summary.startedCount : last.plannedCount,
      'sessions',
    ),
  ];
}

export const generators: Bench = {
  name: 'generators',
  question:
    'Lateness of eight generators on this machine that divide 3,000 sessions a second, or what they keep to',
  expectedSeconds: 30,
  async run(context) {
    const { folder, settings, size, view } = context;
    const shop = await startStubShop(folder, null);
    const tried: Held[] = [];
    try {
      for (const rate of SIZES[size].rates) {
        view.detail(`${settings.generatorCount} generators, ${rate} sessions/s`);
        const held = await measure(context, shop, rate);
        tried.push(held);
        // A check judges no time.
        if (size === 'check' || isHeld(held)) break;
      }
    } finally {
      await shop.stop();
    }
    return rowsOf(tried, size);
  },
};
