// The order of the page: the answer for a shopkeeper first, then the verdict in figures and the numbers, then how they came
// about, and at the end what was run and how to run it again.
import type { FinishedRun } from '../record/read-run.ts';
import { html, type Markup } from './markup/markup.ts';
import { auditSection } from './sections/audit.ts';
import { behaviourSection } from './sections/behaviour.ts';
import { cacheSection, cacheStudySection } from './sections/cache.ts';
import { capacitySection } from './sections/capacity.ts';
import { lagSection, latencySection, loadSection, ordersSection, processSection } from './sections/charts.ts';
import { blockSection, comparisonSection } from './sections/comparisons.ts';
import { contentsList } from './sections/contents.ts';
import { countersSection } from './sections/counters.ts';
import { failureSection } from './sections/failures.ts';
import { firstScreen, showsLimits } from './sections/first-screen.ts';
import { generatorSection } from './sections/generator.ts';
import { growthSection } from './sections/growth.ts';
import { headlineSection } from './sections/headline.ts';
import { intakeSection } from './sections/intake.ts';
import { hasSeveralVariants } from './sections/layout.ts';
import { levelSection, strikeSection } from './sections/levels.ts';
import { limitSection } from './sections/limits.ts';
import { manifestSection, notesSection } from './sections/manifest.ts';
import { pagesSection } from './sections/pages.ts';
import { recommendationSection } from './sections/recommendations.ts';
import { routeSection } from './sections/routes.ts';
import { bannerSection } from './sections/verdict.ts';
import { viewBar } from './sections/view-bar.ts';
import { waterfallSections } from './sections/waterfall.ts';
import { whySection } from './sections/why.ts';

/** Everything between the body's tags but data and script. */
export function pageBody(run: FinishedRun): Markup {
  const parts = pageParts(run);
  return html`${bannerSection(run)}
<div class="with-contents">
${contentsList(parts)}
<main>
${parts}
</main>
</div>`;
}

function pageParts(run: FinishedRun): Markup {
  return html`${firstScreen(run)}
${comparisonSection(run)}
${levelSection(run)}
${strikeSection(run)}
${capacitySection(run)}
${cacheStudySection(run)}
${showsLimits(run) ? null : limitSection(run)}
${whySection(run)}
<div class="${hasSeveralVariants(run) ? 'stacked' : 'side-by-side'}">
${headlineSection(run)}
${auditSection(run)}
${generatorSection(run)}
</div>
${blockSection(run)}
<noscript><p class="aside">The charts below are drawn by this page's own script, which is switched off here. All tables work without it.</p></noscript>
${viewBar(run)}
${pagesSection(run)}
${ordersSection(run)}
${recommendationSection(run)}
${growthSection(run)}
${intakeSection(run)}
${behaviourSection(run)}
${countersSection(run)}
${cacheSection(run)}
${latencySection(run)}
${waterfallSections(run)}
${routeSection(run)}
${loadSection(run)}
${lagSection(run)}
${processSection(run)}
${failureSection(run)}
${notesSection(run)}
${manifestSection(run)}`;
}
