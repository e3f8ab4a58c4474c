// The gallery's own script: filters at once and keeps the filter in the address, guards the choice of two runs, draws
// the trends of the chosen scenario.
import { prepareCompareBar } from './compare-bar.ts';
import { drawTrends, readTrends } from './draw-trends.ts';
import { followFilter } from './follow-filter.ts';

const trends = readTrends();
followFilter(() => drawTrends(trends));
prepareCompareBar();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawTrends(trends));
document.documentElement.dataset.ready = 'yes';
