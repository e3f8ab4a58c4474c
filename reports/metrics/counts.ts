// The counts that a row of the series carries, each once: who adds them up and which chart draws them.

/** A line of a chart over time: counts a second, or how many there had been by then. */
export type CountLine = { chart: string; label: string; draws: 'rate' | 'running-total' };

export type SeriesCount = {
  /** As in `series.ndjson`; what is `intended` by intended time, the rest as it happened. */
  name: string;
  /** The page adds it up over any span. */
  isOnPage: boolean;
  line?: CountLine;
};

const onPage = <Name extends string>(name: Name, line?: CountLine) => ({
  name,
  isOnPage: true as const,
  ...(line === undefined ? {} : { line }),
});
const inFilesOnly = <Name extends string>(name: Name) => ({ name, isOnPage: false as const });
const rate = (chart: string, label: string): CountLine => ({ chart, label, draws: 'rate' });
const total = (chart: string, label: string): CountLine => ({ chart, label, draws: 'running-total' });

/** In the order of the table for spreadsheets; the lines of a chart stand in it too. */
export const COUNTS = [
  onPage('sessionsPlanned', rate('sessions', 'planned')),
  onPage('sessionsStarted', rate('sessions', 'started')),
  onPage('sessionsCompleted', rate('sessions', 'completed')),
  onPage('requestsSent', rate('requests', 'sent')),
  onPage('requestsSucceeded'),
  onPage('requestsFailed', rate('requests', 'failed')),
  onPage('intendedSucceeded'),
  onPage('intendedFailed'),
  onPage('ordersAttempted', rate('orders', 'attempted')),
  inFilesOnly('ordersAccepted'),
  onPage('ordersConfirmed', rate('orders', 'confirmed')),
  onPage('ordersRejected', rate('orders', 'rejected')),
  onPage('signUpsPlanned', total('growth', 'the curve')),
  inFilesOnly('signUpsAttempted'),
  onPage('signUpsConfirmed', total('growth', 'signed up')),
  inFilesOnly('signUpsFailed'),
] as const satisfies readonly SeriesCount[];
export type CountName = (typeof COUNTS)[number]['name'];
/** Those that the page adds up. */
export type PageCountName = Extract<(typeof COUNTS)[number], { isOnPage: true }>['name'];

/** What a row tells of its second as it stood then; null where there was nothing to read. */
export type GaugeName = 'kafkaLagCount' | 'sessionsActive';

/** The counts whose lines stand in a chart, in its order. */
export function linesOf(
  chart: string,
  counts: readonly SeriesCount[] = COUNTS,
): (CountLine & { name: string })[] {
  return counts.flatMap(({ name, line }) => (line?.chart === chart ? [{ ...line, name }] : []));
}
