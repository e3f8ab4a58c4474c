// The page's own script: reads the data in the page, draws the charts of the chosen view, and makes tables, timeline
// and exports work.

import { prepareCopyButtons } from './copy-button.ts';
import { drawCharts } from './draw-charts.ts';
import { prepareExports } from './export-chart.ts';
import { prepareJumps, prepareRouteSelect } from './jumps.ts';
import { updateLiveElements } from './live-elements.ts';
import { readPageContent } from './read-page-data.ts';
import { prepareSelects } from './selects.ts';
import { prepareSortableTables } from './sortable-table.ts';
import { prepareTimeline } from './timeline.ts';
import { followView, type View, type ViewControl } from './view.ts';

async function start(): Promise<void> {
  prepareSortableTables();
  prepareCopyButtons();
  prepareExports();
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
