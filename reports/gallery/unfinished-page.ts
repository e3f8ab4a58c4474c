// The page of a run that has no result: that there is no verdict, why and when it ended, and what it had recorded by
// then. Static: no script, everything in one file.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countOf, formatClock, formatNumber } from '../format/format.ts';
import { html, type Markup } from '../html/markup/markup.ts';
import { pageDocument } from '../html/page/document.ts';
import { numberCell, section, table } from '../html/sections/layout.ts';
import { commitText, dayText } from '../html/sections/verdict.ts';
import type { CountName } from '../metrics/counts.ts';
import { lastWrittenAt } from '../record/find-runs.ts';
import { variantKey } from '../record/names.ts';
import type { Cell } from '../record/read-cell.ts';
import type { PartialRun } from '../record/read-run.ts';
import { rowCount } from '../record/series.ts';
import { type observerAt, type RunState, stateOfRun } from '../record/status.ts';
import { scenarioText } from '../words/scenario-text.ts';
import { recordedChart } from './recorded-chart.ts';
import { machineText } from './trends.ts';

const WORDS: Record<RunState, string> = {
  running: '… RUNNING',
  killed: '† KILLED',
  aborted: '■ ABORTED',
  finished: '? NO RESULT',
};

export async function renderUnfinishedReport(
  run: PartialRun,
  observer: ReturnType<typeof observerAt>,
): Promise<string> {
  const styles = [join(import.meta.dirname, '../html/report.css'), join(import.meta.dirname, 'gallery.css')];
  const style = (await Promise.all(styles.map((path) => readFile(path, 'utf8')))).join('\n');
  const writtenAt = lastWrittenAt(run.directory);
  const state = stateOfRun(run.status, writtenAt, observer);
  const title = run.manifest?.title ?? run.status.scenario;
  return pageDocument({
    title: `no verdict · ${title}`,
    style,
    body: html`<p class="banner void" role="alert"><strong>${WORDS[state]}</strong> No verdict: this run has no result. Nothing below is a performance result.</p>
<main>
${heading(run, title)}
<div class="verdict void"><p class="word">⊘ No verdict</p><p class="sentence">${endSentence(run, state, writtenAt)}</p></div>
${recordedSection(run)}
${problemSection(run)}
${planSection(run)}
</main>`,
  });
}

function heading({ status, manifest }: PartialRun, title: string): Markup {
  const facts =
    manifest === null
      ? null
      : html`<span>seed ${manifest.seed}</span> <span>commit ${commitText(manifest.commit, manifest.commitIsDirty)}</span>`;
  return html`<header><p class="run-line">Stampede <span>${status.scenario}</span> <span>${dayText(status.startedAt)}</span> ${facts}</p>
<h1>${title}</h1>
${manifest === null ? null : html`<p class="question">${manifest.question}</p>`}</header>`;
}

/** Why and when it ended, and how much was recorded until then. */
export function endSentence(run: PartialRun, state: RunState, writtenAt: Date): string {
  const { status, cells } = run;
  const secondsUntil = (at: string) => formatClock((Date.parse(at) - Date.parse(status.startedAt)) / 1000);
  const written = writtenAt.toISOString();
  const recorded = `${countOf(cells.length, 'single run')} with ${countOf(recordedSeconds(cells), 'recorded second')}.`;
  switch (state) {
    case 'aborted': {
      const after = status.finishedAt === null ? '' : ` after ${secondsUntil(status.finishedAt)}`;
      return `Aborted${after}: ${(status.reason ?? 'no reason recorded').replace(/\.?$/, '.')} Recorded by then: ${recorded}`;
    }
    case 'killed':
      return `Killed, or its machine went down: nothing was written after ${dayText(written)}, ${secondsUntil(written)} into the run, and no reason could be recorded. Recorded by then: ${recorded}`;
    case 'running':
      return `Still running, last written ${dayText(written)}, ${secondsUntil(written)} into the run. Recorded so far: ${recorded}`;
    case 'finished':
      return `The run says that it finished, but its result or its manifest is missing. Recorded: ${recorded}`;
  }
}

function recordedSeconds(cells: Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.series.length, 0);
}

function recordedSection({ cells }: PartialRun): Markup {
  if (cells.length === 0) {
    const text = 'Nothing: the run ended before the first shopper came.';
    return section('recorded', 'What was recorded', html`<p class="aside">${text}</p>`);
  }
  const shown = COLUMNS.filter(({ count }) => cells.some(({ series }) => isCarried(series, count)));
  const columns = ['Measured', ...shown.map(({ label }) => label)].map((label) => ({ label, numeric: true }));
  return section(
    'recorded',
    'What was recorded',
    html`${table(
      [{ label: 'Single run' }, { label: 'Came as far as' }, ...columns],
      cells.map((cell) => cellRow(cell, shown)),
      { label: 'What was recorded' },
    )}
${cells.map((cell) => recordedChart(cell, cellName(cell)))}`,
    'Counts of everything written, lead-in and drain included.',
  );
}

function cellName(cell: Cell): string {
  return `${variantKey(cell)}, block ${cell.block}`;
}

type CountColumn = { label: string; count: CountName };

const COLUMNS: readonly CountColumn[] = [
  { label: 'Sessions', count: 'sessionsStarted' },
  { label: 'Requests', count: 'requestsSent' },
  { label: 'Failed', count: 'requestsFailed' },
  { label: 'Orders confirmed', count: 'ordersConfirmed' },
];

/** What no row carries was not to happen in this run; before the first row nobody knows. */
function isCarried(series: Cell['series'], count: CountName): boolean {
  return series.length === 0 || series.some(({ counts }) => count in counts);
}

function cellRow(cell: Cell, columns: readonly CountColumn[]): Markup {
  // Before the first second nothing was counted, which is not 0.
  const sum = (name: CountName) =>
    numberCell(
      cell.series.length === 0
        ? '–'
        : formatNumber(cell.series.reduce((total, row) => total + rowCount(row, name), 0)),
    );
  return html`<tr><th scope="row">${cellName(cell)}</th><td>${reachedText(cell)}</td>
${numberCell(formatClock(cell.durationSeconds))}${columns.map(({ count }) => sum(count))}</tr>`;
}

/** "the measured span, 03:10" */
function reachedText(cell: Cell): string {
  if (cell.audit !== null)
    return `its audit (${cell.audit.every(({ ok }) => ok) ? 'every rule holds' : 'rules broken'})`;
  const last = cell.series.at(-1);
  if (last === undefined) return 'the start: no second was recorded';
  const phase = { 'lead-in': 'the lead-in', measure: 'the measured span', drain: 'the drain' }[last.phase];
  return `${phase}, ${formatClock(last.second)}`;
}

function problemSection({ problems }: PartialRun): Markup | null {
  if (problems.length === 0) return null;
  const items = problems.map((problem) => html`<li>${problem}</li>`);
  return section('problems', 'What could not be read', html`<ul class="notes">${items}</ul>`);
}

function planSection({ manifest, name }: PartialRun): Markup {
  if (manifest === null) {
    const text = `${name} ended before it wrote down what it was to run.`;
    return section('manifest', 'What was to be run', html`<p class="aside">${text}</p>`);
  }
  const { overrides, dataSet } = manifest;
  return section(
    'manifest',
    'What was to be run',
    html`<p class="replay"><code>${manifest.replayCommand}</code></p>
<dl class="facts"><dt>Run</dt><dd>${name}</dd>
<dt>Overrides</dt><dd>${overrides.length === 0 ? 'none' : overrides.join(', ')}</dd>
<dt>Data set</dt><dd>${dataSet.description}</dd><dt>Machine</dt><dd>${machineText(manifest)}</dd></dl>
<details><summary>Scenario after overrides</summary><pre>${scenarioText(manifest)}</pre></details>`,
  );
}
