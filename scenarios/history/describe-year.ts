// Turns the figures of a made history into its page: what it is, its charts beside their references, what was made.

import { formatNumber, formatPercent } from '../../reports/format/format.ts';
import type { HistoryPage } from '../../reports/history/history-page.ts';
import type { TableChecksum } from '../../sim/history/load/checksums.ts';
import type { MadeHistory } from '../../sim/history/load/made-history.ts';
import { spanOf } from '../../sim/history/year/settings.ts';
import { dayText } from '../../sim/model/calendar.ts';
import { presetOf } from '../../sim/model/presets.ts';
import { baskets, categories } from './charts/basket-charts.ts';
import { total } from './charts/chart-series.ts';
import { hours, ordersByDay, ordersByMonth, weekdays } from './charts/order-charts.ts';
import { grades, lorenz, signUps } from './charts/people-charts.ts';

/** The page of a history; `tables` in the order in which they are shown. */
export function describeYear(
  { settings, tally }: MadeHistory,
  tables: readonly (TableChecksum & { rowCount: number })[],
): HistoryPage {
  const { firstDay, dayCount } = spanOf(settings);
  const preset = presetOf(settings.preset);
  const fact = (label: string, value: number | string) => ({
    label,
    value: typeof value === 'number' ? formatNumber(value) : value,
  });
  return {
    title: `A shop's past: ${preset.title}`,
    lead: `${dayText(firstDay)} to ${dayText(firstDay + dayCount - 1)} in Seoul, preset ${settings.preset}, seed ${settings.seed}, growth ${settings.growth}. Dashed lines are the reference that each figure is held against.`,
    facts: [
      fact('people', total(tally.signUpsByDay)),
      fact('customers who ordered', tally.buyerCount),
      fact('of them more than once', formatPercent(tally.repeaterCount / Math.max(1, tally.buyerCount))),
      fact('orders', tally.orderCount),
      fact('lines an order', Number((tally.lineCount / Math.max(1, tally.orderCount)).toFixed(2))),
      fact('revenue, million KRW', Math.round(tally.keptKrw / 1e6)),
    ],
    tables: tables.map(({ table, rowCount, checksum }) => ({ label: table, rowCount, checksum })),
    charts: [
      ordersByDay(tally, preset, firstDay),
      ordersByMonth(tally, preset, firstDay),
      hours(tally, preset),
      weekdays(tally, preset),
      grades(tally, firstDay),
      signUps(tally, settings.growth, firstDay),
      baskets(tally, settings.preset),
      lorenz(tally),
      categories(tally),
    ],
  };
}
