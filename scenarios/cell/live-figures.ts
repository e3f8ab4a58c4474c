// The figures of the moment in a few short lines: which they are and where they stand says the catalogue of metrics.
import { METRICS } from '../../reports/metrics/catalogue.ts';
import { COUNTS, type SeriesCount, type TerminalCount } from '../../reports/metrics/counts.ts';
import { type Need, TERMINAL_LINES, type TerminalPlace } from '../../reports/metrics/described.ts';
import { GAUGES } from '../../reports/metrics/gauges.ts';
import type { LiveQuantiles, Whereabouts } from '../../sim/engine/protocol/protocol.ts';

export type LiveFigures = {
  /** Counts since the first second, and gauges as they stand, by name. */
  totals: Readonly<Record<string, number>>;
  gauges: Readonly<Record<string, number | null>>;
  /** Waits of the last seconds, by metric. */
  live: LiveQuantiles;
  cpuRatios: Record<string, number>;
  /** What happened in the second that was told last, and where the people inside were at its end. */
  last: LiveSecond;
};

export type LiveSecond = {
  /** Of the measured span; negative in the lead-in. */
  second: number;
  counts: Readonly<Record<string, number>>;
  /** Null where the generator does not say. */
  whereabouts: Whereabouts | null;
};

/** The waits that the terminal shows. */
export function terminalLatencies(): string[] {
  return METRICS.flatMap((metric) =>
    metric.kind === 'latency' && metric.terminal !== undefined ? [metric.name] : [],
  );
}

export function figureLines(figures: LiveFigures): string[] {
  const placed = [...countFigures(figures), ...latencyFigures(figures), ...gaugeFigures(figures)].sort(
    (a, b) => a.place - b.place,
  );
  const lines = TERMINAL_LINES.flatMap((name) => {
    const texts = placed.filter(({ line }) => line === name).map(({ text }) => text);
    return texts.length === 0 ? [] : [figureLine(name, texts)];
  });
  const cpu = Object.entries(figures.cpuRatios)
    .sort(([, a], [, b]) => b - a)
    .map(([name, ratio]) => `${name} ${Math.round(ratio * 100)} %`);
  return [...lines, figureLine('CPU', cpu.length === 0 ? ['not measured on this system'] : cpu)];
}

type PlacedText = TerminalPlace & { text: string };

/** Whether the run counts what needs this: nothing is said of orders where nobody is to order. */
function isCounted({ totals }: LiveFigures, need: Need | undefined): boolean {
  const counts: readonly SeriesCount[] = COUNTS;
  const needing = counts.filter(({ needs }) => needs === need);
  return need === undefined || needing.length === 0 || needing.some(({ name }) => name in totals);
}

function countFigures(figures: LiveFigures): PlacedText[] {
  const { totals } = figures;
  return COUNTS.flatMap((count: { name: string; needs?: Need; terminal?: TerminalCount }) => {
    if (count.terminal === undefined || !isCounted(figures, count.needs)) return [];
    const { line, place, label, outOf } = count.terminal;
    const total = totals[count.name] ?? 0;
    if (outOf === undefined) return [{ line, place, text: `${label} ${total}` }];
    const whole = totals[outOf] ?? 0;
    return whole === 0 ? [] : [{ line, place, text: `${label} ${total} of ${whole} planned so far` }];
  });
}

function gaugeFigures({ gauges }: LiveFigures): PlacedText[] {
  return GAUGES.flatMap((gauge: { name: string; terminal?: TerminalPlace & { label: string } }) => {
    const value = gauges[gauge.name] ?? null;
    if (gauge.terminal === undefined || value === null) return [];
    const { line, place, label } = gauge.terminal;
    return [{ line, place, text: `${label} ${value}` }];
  });
}

function latencyFigures(figures: LiveFigures): PlacedText[] {
  return METRICS.flatMap((metric) => {
    if (metric.kind !== 'latency' || metric.terminal === undefined) return [];
    if (!isCounted(figures, metric.needs)) return [];
    const { p50Ms = null, p99Ms = null } = figures.live[metric.name] ?? {};
    const name = metric.terminal.label === undefined ? '' : `${metric.terminal.label} `;
    return [{ ...metric.terminal, text: `${name}p50 ${ms(p50Ms)} · p99 ${ms(p99Ms)}` }];
  });
}

function figureLine(name: string, texts: readonly string[]): string {
  return `  ${name.padEnd(9)} ${texts.join(' · ')}`;
}

function ms(value: number | null): string {
  return value === null ? '–' : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
