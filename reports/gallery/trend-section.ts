// Frames of the trend charts, a group for each scenario and machine; the page's script draws those of the chosen
// scenario.

import { countOf, formatNumber, formatQuantity } from '../format/format.ts';
import { html, type Markup } from '../html/markup/markup.ts';
import { section } from '../html/sections/layout.ts';
import { type GalleryEntry, scenarioOfEntry } from './list-entries.ts';
import { isLimitFar, type TrendChart, type TrendGroup } from './trend-data.ts';
import { leftOutCount } from './trends.ts';

const NO_TREND =
  'No trend yet: that takes three runs of one scenario with the same settings, on one machine, with a performance result.';

/**
 * @param chosen scenario of the filter; without one, the newest run's that has a trend
 * @param isFound whether the filter finds a run; otherwise the page's script shows the trends once it does
 */
export function trendSection(
  entries: GalleryEntry[],
  groups: TrendGroup[],
  chosen: string,
  isFound: boolean,
): Markup {
  return html`<div id="trend-frame"${isFound ? null : html` hidden`}>${shownTrends(entries, groups, chosen)}</div>`;
}

function shownTrends(entries: GalleryEntry[], groups: TrendGroup[], chosen: string): Markup {
  if (groups.length === 0) return section('trends', 'Trend', html`<p class="aside">${NO_TREND}</p>`);
  const scenarios = new Set(groups.map(({ scenario }) => scenario));
  const newest = entries.map(scenarioOfEntry).find((scenario) => scenarios.has(scenario)) ?? '';
  const shown = chosen === '' ? newest : chosen;
  const parts = groups.map((group, index) => {
    const isFirst = groups.findIndex(({ scenario }) => scenario === group.scenario) === index;
    return groupPart(group, shown, isFirst ? leftOutCount(entries, group.scenario) : 0);
  });
  const isMissing = !scenarios.has(shown);
  return section(
    'trends',
    'Trend',
    html`<div id="trend-groups" data-newest="${newest}">${parts}</div>
<p class="aside" id="no-trend"${isMissing ? null : html` hidden`}>${NO_TREND}</p>`,
    'Every limited metric, run by run, oldest left. Choose a scenario above to see its trend. Lines join runs of the same settings only; one step from run to run may be noise.',
  );
}

function groupPart(group: TrendGroup, shown: string, leftOut: number): Markup {
  const isHidden = group.scenario !== shown;
  const note =
    leftOut === 0
      ? null
      : html` · ${countOf(leftOut, 'run')} of this scenario without a performance result ${leftOut === 1 ? 'is' : 'are'} left out`;
  return html`<div class="trend-group" data-scenario="${group.scenario}"${isHidden ? html` hidden` : null}>
<h3>${group.scenario}</h3><p class="aside">${group.machine} · ${countOf(group.runs.length, 'run')}${note}</p>
<div class="pair">${group.charts.map(figure)}</div>
</div>`;
}

function figure(chart: TrendChart): Markup {
  return html`<figure class="chart trend" id="${chart.id}">
<figcaption><h4>${chart.title}</h4><p>${limitNote(chart)}</p></figcaption>
<div class="plot"><canvas role="img" aria-label="${describe(chart)}"></canvas></div>
</figure>`;
}

/** "limit ≤ 500 ms (dashed)"; the newest run's limit. */
function limitNote(chart: TrendChart): string {
  const points = pointsOf(chart);
  const last = points.at(-1);
  if (last === undefined) return chart.limitName;
  const limits = [
    ...(last.atLeast === null ? [] : [`≥ ${formatQuantity(last.atLeast, chart.unit)}`]),
    ...(last.atMost === null ? [] : [`≤ ${formatQuantity(last.atMost, chart.unit)}`]),
  ].join(' and ');
  const largest = Math.max(...points.map(({ value }) => value));
  const isFar = last.atMost !== null && isLimitFar(last.atMost, largest);
  const isSteady = points.every(({ atMost, atLeast }) => atMost === last.atMost && atLeast === last.atLeast);
  return `${isSteady ? 'limit' : 'newest limit'} ${limits}${isFar ? ', above the drawing' : ' (dashed)'} · ● kept · ▲ crossed`;
}

/** What the chart shows, for readers who do not see it. */
function describe(chart: TrendChart): string {
  const points = pointsOf(chart);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return chart.title;
  const crossed = points.filter(({ ok }) => !ok).length;
  return `${chart.title} over ${countOf(points.length, 'run')}: from ${formatQuantity(first.value, chart.unit)} to ${formatQuantity(last.value, chart.unit)}; limit crossed in ${formatNumber(crossed)}.`;
}

function pointsOf(chart: TrendChart) {
  return chart.lines.flatMap(({ points }) => points).sort((a, b) => a.place - b.place);
}
