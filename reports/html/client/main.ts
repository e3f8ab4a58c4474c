// The page's own script: reads the data in the page, draws the charts of the chosen run, makes tables sortable.

import { prepareCopyButtons } from './copy-button.ts';
import { drawCharts } from './draw-charts.ts';
import { readPageData } from './read-page-data.ts';
import { prepareSortableTables } from './sortable-table.ts';
import { followView } from './view.ts';

async function start(): Promise<void> {
  prepareSortableTables();
  prepareCopyButtons();
  const data = await readPageData();
  followView(data, (view) => drawCharts(data, view));
  document.documentElement.dataset.drawn = 'yes';
}

void start();
