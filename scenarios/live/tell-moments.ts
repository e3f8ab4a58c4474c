// Makes a rehearsal's view tell each moment to whoever looks on as well: it shows what the terminal shows, and where people are.
import { METRICS } from '../../reports/metrics/catalogue.ts';
import { COUNTS, type SeriesCount } from '../../reports/metrics/counts.ts';
import type { LiveFigures, LiveSecond } from '../cell/live-figures.ts';
import type { View } from '../cell/live-view.ts';
import type { LiveMoment } from './moment.ts';

/** Rates are means over so many seconds: a single one jumps. */
const MEAN_SECONDS = 3;
/** Seconds that the course of the orders shows. */
const RECENT_SECONDS = 120;

export type ToldView = View & {
  /** The last moment: the verdict, or null where the rehearsal broke off. */
  ended(result: { verdict: string; answer: string } | null): void;
};

type Told = {
  /** Of the scenario. */
  title: string;
  question: string;
  /** What the page calls a fault of the target. */
  faultLabel: (name: string) => string;
  nowMs: () => number;
  publish: (moment: LiveMoment) => void;
};

/** A view that passes all on to `inner`, and publishes a moment whenever something that the live page shows has changed. */
export function tellMoments(inner: View, { title, question, faultLabel, nowMs, publish }: Told): ToldView {
  let phase = { name: '', startedMs: nowMs(), expectedSeconds: null as number | null };
  let figures: LiveFigures | null = null;
  let seconds: LiveSecond[] = [];
  let faults: LiveMoment['faults'] = [];
  let isEnded = false;

  function tell(ended: LiveMoment['ended'] = null): void {
    if (isEnded) return;
    isEnded = ended !== null;
    const left = (expected: number) => Math.max(0, expected - (nowMs() - phase.startedMs) / 1_000);
    publish({
      title,
      question,
      phase: phase.name,
      secondsLeft: phase.expectedSeconds === null ? null : left(phase.expectedSeconds),
      ...momentOf(figures, seconds),
      faults,
      ended,
    });
  }
  return {
    ...inner,
    phase(name, expectedSeconds) {
      inner.phase(name, expectedSeconds);
      phase = { name, startedMs: nowMs(), expectedSeconds };
      figures = null;
      tell();
    },
    figures(told) {
      inner.figures(told);
      // A single run begins anew, with a shop that knows nothing of the one before.
      if (told.last.second <= (seconds.at(-1)?.second ?? Number.NEGATIVE_INFINITY)) {
        seconds = [];
        faults = [];
      }
      seconds = [...seconds, told.last].slice(-RECENT_SECONDS);
      figures = told;
      tell();
    },
    fault(name, isOver) {
      inner.fault(name, isOver);
      const label = faultLabel(name);
      faults = isOver
        ? faults.map((fault) => (fault.label === label ? { ...fault, isOver } : fault))
        : [...faults, { label, second: (seconds.at(-1)?.second ?? -1) + 1, isOver }];
      tell();
    },
    ended(result) {
      figures = null;
      tell(result ?? { verdict: null, answer: 'It broke off before its end; the terminal says why.' });
    },
  };
}

type OfFigures = Pick<LiveMoment, 'second' | 'whereabouts' | 'orders' | 'pushes' | 'waits' | 'failedCount'>;

function momentOf(figures: LiveFigures | null, seconds: readonly LiveSecond[]): OfFigures {
  const totals = figures?.totals ?? {};
  const rate = (name: string): number => {
    const last = seconds.slice(-MEAN_SECONDS);
    const sum = last.reduce((total, { counts }) => total + (counts[name] ?? 0), 0);
    return figures === null || last.length === 0 ? 0 : sum / last.length;
  };
  const counts: readonly SeriesCount[] = COUNTS;
  return {
    second: figures?.last.second ?? null,
    whereabouts: figures?.last.whereabouts ?? null,
    orders:
      'ordersConfirmed' in totals
        ? {
            perSecond: rate('ordersConfirmed'),
            confirmedCount: totals.ordersConfirmed ?? 0,
            rejectedCount: totals.ordersRejected ?? 0,
            recent: seconds.map(({ counts }) => counts.ordersConfirmed ?? 0),
          }
        : null,
    pushes: counts.flatMap(({ name, pushes }) =>
      pushes === undefined || !(name in totals)
        ? []
        : [{ what: pushes, perSecond: rate(name), count: totals[name] ?? 0 }],
    ),
    waits: waitsOf(figures),
    failedCount: totals.requestsFailed ?? 0,
  };
}

/** Those that the terminal shows, where there was anything to wait for. */
function waitsOf(figures: LiveFigures | null): LiveMoment['waits'] {
  return METRICS.flatMap((metric) => {
    if (metric.kind !== 'latency' || metric.terminal === undefined) return [];
    const found = figures?.live[metric.name];
    if (found === undefined || found.p50Ms === null) return [];
    return [{ label: metric.label, p50Ms: found.p50Ms, p99Ms: found.p99Ms }];
  });
}
