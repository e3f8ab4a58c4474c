// The page's own script: reads the data in the page, draws the charts of the chosen view, and makes tables, timeline
// and exports work.

import { drawCharts } from './charts/draw-charts.ts';
import { prepareExports } from './charts/export-chart.ts';
import { prepareContents } from './contents.ts';
import { prepareCopyButtons } from './copy-button.ts';
import { prepareJumps, prepareRouteSelect } from './jumps.ts';
import { updateLiveElements } from './live-elements.ts';
import { prepareSelects } from './selects.ts';
import { prepareSortableTables } from './sortable-table.ts';
import { prepareTimeline } from './timeline.ts';
import { prepareUnfolding } from './unfold-for-print.ts';
import { readPageContent } from './view/read-page-data.ts';
import type { View } from './view/shown.ts';
import { followView, type ViewControl } from './view/view.ts';
import { prepareWideParts } from './wide-parts.ts';

async function start(): Promise<void> {
  prepareSortableTables();
  prepareCopyButtons();
  prepareExports();
  prepareContents();
  prepareUnfolding();
  prepareWideParts();
  const content = await readPageContent();
  let followers: ((view: View) => void)[] | undefined;
  followView(content, (view, control) => {
    followers ??= prepare(control);
    for (const follow of followers) follow(view);
  });
  document.documentElement.dataset.drawn = 'yes';
}

function prepare(control: ViewControl): ((view: View) => void)[] {
  prepareJumps(control);
  return [
    updateLiveElements,
    prepareSelects(control),
    prepareRouteSelect(control),
    prepareTimeline(control),
    drawCharts,
  ];
}

void start();
