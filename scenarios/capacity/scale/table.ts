// The tables of docs/scale.md, made from what was measured, so that they say what the figures in parts.ts say.
import { formatNumber, formatPercent } from '../../../reports/format/format.ts';
import { carriedByOne, firstToBreak, type PeakNeed, peakNeed } from './needs.ts';
import { MEASURED_RUN, PARTS } from './parts.ts';

export const RENEW_COMMAND = 'node scenarios/capacity/scale/write-tables-main.ts';
const PEAKS_PER_SECOND = [MEASURED_RUN.sessionsPerSecond, 1_000, 10_000, 100_000];
const BEGIN = `<!-- made by ${RENEW_COMMAND} -->`;
const END = '<!-- until here -->';

const NAMES: Record<(typeof PARTS)[number]['name'], string> = {
  generator: 'generator',
  api: 'API process',
  nginx: 'nginx worker',
  postgres: 'PostgreSQL',
  kafka: 'broker',
  redis: 'Redis',
  ordersConsumer: 'orders consumer',
};
const GROWS = {
  processes: 'more processes',
  brokers: 'more brokers and partitions',
  nothing: 'nothing here',
} as const;

/** Rounded to what such a figure can say. */
const whole = (value: number): string => formatNumber(Number(value.toPrecision(3)), 0);

const cores = (count: number): string => (count < 10 ? formatNumber(count, 1) : whole(count));

function oneOfEach(): string {
  const rows = PARTS.map((part) => {
    const { name, cpuMsPerSession, coresOfOne, fullAtRatio, growsBy } = part;
    return `| ${NAMES[name]} | ${cpuMsPerSession} ms | ${coresOfOne} × ${formatPercent(fullAtRatio, 0)} | ${whole(carriedByOne(part))} | ${GROWS[growsBy]} |`;
  });
  return [
    '| part | CPU a session | cores of one, and how full | carries, sessions/s | grows by |',
    '|---|--:|--:|--:|---|',
    ...rows,
  ].join('\n');
}

function peaks(): string {
  const needs = PEAKS_PER_SECOND.map(peakNeed);
  const row = (name: string, of: (need: PeakNeed) => string) => `| ${name} | ${needs.map(of).join(' | ')} |`;
  return [
    row('sessions a second', ({ sessionsPerSecond }) => whole(sessionsPerSecond)),
    `|---|${needs.map(() => '--:').join('|')}|`,
    row('requests a second', ({ requestsPerSecond }) => whole(requestsPerSecond)),
    row('orders a second', ({ ordersPerSecond }) => formatNumber(Number(ordersPerSecond.toPrecision(3)), 1)),
    row('people inside', ({ peopleInside }) => whole(peopleInside)),
    ...PARTS.map(({ name }) =>
      row(
        `${NAMES[name]}: how many · cores busy`,
        ({ counts, busyCores }) => `${whole(counts[name])} · ${cores(busyCores[name])}`,
      ),
    ),
    row('connections to PostgreSQL', ({ databaseConnections }) => whole(databaseConnections)),
    row('α at which they do half of it', ({ counts, alphaThatHalves }) =>
      counts.api === 1 ? '–' : formatPercent(alphaThatHalves, 2),
    ),
  ].join('\n');
}

function breaking(): string {
  return firstToBreak()
    .map(
      ({ name, atSessionsPerSecond }) =>
        `- one ${NAMES[name]}: full at ${whole(atSessionsPerSecond)} sessions/s`,
    )
    .join('\n');
}

/** The document with its tables as the figures make them. @throws Error when it has no places for them */
export function withTables(document: string): string {
  const tables = [oneOfEach(), peaks(), breaking()];
  const parts = document.split(BEGIN);
  if (parts.length !== tables.length + 1)
    throw new Error(`docs/scale.md: found ${parts.length - 1} places "${BEGIN}", needed ${tables.length}.`);
  return parts
    .map((part, index) => {
      const table = tables[index - 1];
      if (table === undefined) return part;
      const [, ...after] = part.split(END);
      if (after.length !== 1) throw new Error(`docs/scale.md: a table has no end "${END}".`);
      return `${BEGIN}\n${table}\n${END}${after[0]}`;
    })
    .join('');
}
