// The counts that a row of the series carries, each once: who adds them up, which chart draws them, whether the terminal
// shows them and whether the summary of a run has them.
import type { Described, Need, TerminalPlace } from './described.ts';

/** A line of a chart over time: counts a second, or how many there had been by then. */
export type CountLine = { chart: string; label: string; draws: 'rate' | 'running-total' };

/** "confirmed 21", added up since the start; with `outOf`, "signed up 14 of 15 planned so far" where any were to be. */
export type TerminalCount = TerminalPlace & { label: string; outOf?: string };

/** Its value of the measured span stands among the metrics of the run. */
export type CountInSummary = Described & {
  /** Absent from the summary where this count is 0. */
  absentWithout?: string;
};

export type SeriesCount = {
  /** As in `series.ndjson`; what is `intended` by intended time, the rest as it happened. */
  name: string;
  /** Read from `requests.ndjson`, by intended time; no row of `series.ndjson` has it. */
  isIntended?: true;
  /** What a scenario must have for its rows to carry it; absent: they always do. */
  needs?: Need;
  /** The page adds it up over any span. */
  isOnPage: boolean;
  line?: CountLine;
  terminal?: TerminalCount;
  /** What of it the shop sends to shoppers unasked, in the words of the live page: "lists". */
  pushes?: string;
  summary?: CountInSummary;
};

type Shown = Pick<SeriesCount, 'isIntended' | 'needs' | 'line' | 'terminal' | 'pushes'>;
const onPage = <Name extends string>(name: Name, shown: Shown = {}) => ({
  name,
  isOnPage: true as const,
  ...shown,
});
const inFilesOnly = <Name extends string>(name: Name, shown: Pick<Shown, 'needs' | 'pushes'> = {}) => ({
  name,
  isOnPage: false as const,
  ...shown,
});
const rate = (chart: string, label: string): CountLine => ({ chart, label, draws: 'rate' });
const total = (chart: string, label: string): CountLine => ({ chart, label, draws: 'running-total' });
const terminal = (line: TerminalPlace['line'], place: number, label: string): TerminalCount => ({
  line,
  place,
  label,
});

/** In the order of the table for spreadsheets; the lines of a chart stand in it too. */
export const COUNTS = [
  onPage('sessionsPlanned', {
    line: rate('sessions', 'planned'),
    terminal: terminal('sessions', 1, 'planned'),
  }),
  onPage('sessionsStarted', {
    line: rate('sessions', 'started'),
    terminal: terminal('sessions', 2, 'started'),
  }),
  onPage('sessionsCompleted', { line: rate('sessions', 'completed') }),
  {
    ...onPage('stepsTriedAgain'),
    summary: {
      name: 'steps.triedAgain',
      absentWithout: 'stepsTriedAgain',
      unit: 'steps',
      label: 'steps tried again after a failure',
      better: 'lower',
      changes: 'number',
    },
  },
  {
    ...onPage('sessionsGivenUp'),
    summary: {
      name: 'sessions.givenUp',
      absentWithout: 'sessionsGivenUp',
      unit: 'visits',
      label: 'visits given up after failures',
      better: 'lower',
      changes: 'number',
    },
  },
  onPage('requestsSent', { line: rate('requests', 'sent') }),
  onPage('requestsSucceeded'),
  onPage('requestsFailed', { line: rate('requests', 'failed'), terminal: terminal('HTTP', 2, 'failed') }),
  onPage('intendedSucceeded', { isIntended: true }),
  onPage('intendedFailed', { isIntended: true }),
  inFilesOnly('socketsConnected'),
  onPage('ordersAttempted', { needs: 'orders', line: rate('orders', 'attempted') }),
  inFilesOnly('ordersAccepted', { needs: 'orders' }),
  onPage('ordersConfirmed', {
    needs: 'orders',
    line: rate('orders', 'confirmed'),
    terminal: terminal('orders', 1, 'confirmed'),
  }),
  onPage('ordersRejected', { needs: 'orders', line: rate('orders', 'rejected') }),
  onPage('actsMade', { needs: 'recommendations', line: rate('recommendations', 'acts') }),
  inFilesOnly('actsAccepted', { needs: 'recommendations' }),
  onPage('actsShown', {
    needs: 'recommendations',
    line: rate('recommendations', 'acts answered by lists'),
    terminal: terminal('lists', 1, 'acts answered'),
  }),
  onPage('actsUnanswered', { needs: 'recommendations', terminal: terminal('lists', 3, 'unanswered') }),
  onPage('listPushes', { needs: 'recommendations', line: rate('recommendations', 'pushes') }),
  onPage('listsPushed', { needs: 'recommendations', pushes: 'lists' }),
  inFilesOnly('pushedListsLookedAt', { needs: 'recommendations' }),
  onPage('listPagesShown', { needs: 'recommendations' }),
  onPage('listPagesBehind', { needs: 'recommendations' }),
  {
    ...onPage('signUpsPlanned', { line: total('growth', 'the curve') }),
    summary: {
      name: 'signUps.planned',
      absentWithout: 'signUpsPlanned',
      unit: 'people',
      label: 'sign-ups planned',
      better: 'neither',
      changes: 'number',
      needs: 'growth',
    },
  },
  onPage('productHits'),
  onPage('productMisses'),
  onPage('listHits'),
  onPage('listMisses'),
  onPage('cacheBypasses', { line: rate('cache', 'Redis away') }),
  onPage('databaseReads', { line: rate('cache', 'answered by the database') }),
  inFilesOnly('signUpsAttempted'),
  onPage('signUpsConfirmed', {
    line: total('growth', 'signed up'),
    terminal: { ...terminal('people', 1, 'signed up'), outOf: 'signUpsPlanned' },
  }),
  inFilesOnly('signUpsFailed'),
  {
    ...onPage('productsPublished', { line: total('intake', 'products') }),
    summary: {
      name: 'products.published',
      absentWithout: 'productsPublished',
      unit: 'products',
      label: 'products sent',
      better: 'neither',
      changes: 'number',
      needs: 'intake',
    },
  },
  {
    ...onPage('usersPublished', { line: total('intake', 'people') }),
    summary: {
      name: 'users.published',
      absentWithout: 'usersPublished',
      unit: 'people',
      label: 'people sent',
      better: 'neither',
      changes: 'number',
      needs: 'intake',
    },
  },
  {
    ...onPage('actionsMade', { needs: 'behaviour', line: rate('behaviour', 'done') }),
    summary: {
      name: 'actions.made',
      absentWithout: 'actionsMade',
      unit: 'actions',
      label: 'actions done',
      better: 'neither',
      needs: 'behaviour',
    },
  },
  {
    ...onPage('actionsAccepted', { needs: 'behaviour', line: rate('behaviour', 'taken in') }),
    summary: {
      name: 'actions.accepted',
      absentWithout: 'actionsMade',
      unit: 'actions',
      label: 'actions taken in',
      better: 'neither',
      needs: 'behaviour',
    },
  },
  inFilesOnly('couponsPushed', { needs: 'rules', pushes: 'coupons' }),
  {
    ...onPage('counterMessages', {
      needs: 'counters',
      line: rate('counters', 'messages'),
      terminal: terminal('counters', 1, 'messages'),
    }),
    summary: {
      name: 'counters.messages',
      absentWithout: 'counterMessages',
      unit: 'messages',
      label: 'messages of live counters',
      better: 'neither',
      needs: 'counters',
    },
  },
] as const satisfies readonly SeriesCount[];
export type CountName = (typeof COUNTS)[number]['name'];
/** Those that the page adds up. */
export type PageCountName = Extract<(typeof COUNTS)[number], { isOnPage: true }>['name'];
