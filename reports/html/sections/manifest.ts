// What was run, on what, and how to run it again.

import { countOf, formatBytes } from '../../format/format.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import { otherForm } from '../../words/command-forms.ts';
import { noiseSentence } from '../../words/noise-words.ts';
import { scenarioText } from '../../words/scenario-text.ts';
import { html, type Markup } from '../markup/markup.ts';
import { section, table } from './layout.ts';
import { commitText } from './verdict.ts';

/** Sentences that a reader must know to read the numbers. */
export function notesSection({ manifest }: FinishedRun): Markup | null {
  if (manifest.notes.length === 0) return null;
  const notes = manifest.notes.map((note) => html`<li>${note}</li>`);
  return section('notes', 'Read the numbers with this in mind', html`<ul class="notes">${notes}</ul>`);
}

export function manifestSection(run: FinishedRun): Markup {
  const { manifest } = run;
  return section(
    'manifest',
    'What was run',
    html`<p class="replay"><code id="replay-command">${manifest.replayCommand}</code><button type="button" data-copy="replay-command">Copy</button></p>
${otherFormNote(manifest.replayCommand)}
${facts(run)}
${serviceTable(run)}
<details><summary>Scenario after overrides</summary><pre>${scenarioText(manifest)}</pre></details>`,
  );
}

/** For whoever reads the page where commands are typed otherwise than where the run was started. */
function otherFormNote(command: string): Markup | null {
  const other = otherForm(command);
  if (other === null) return null;
  return html`<p class="aside">${other.where}, begin it with <code>${other.elsewhere}</code> instead of <code>${other.begins}</code>.</p>`;
}

type Line = [label: string, text: string];

function facts({ manifest, result, name }: FinishedRun): Markup {
  const { machine, dataSet, shop } = manifest;
  const lines: Line[] = [
    ['Run', name],
    ['Started', `${result.startedAt}, finished ${result.finishedAt}`],
    ['Seed', String(result.seed)],
    ['Commit', commitText(result.commit, manifest.commitIsDirty)],
    ...(shop === undefined ? [startedLine(dataSet)] : shopLines(shop)),
    ['Overrides', manifest.overrides.length === 0 ? 'none' : manifest.overrides.join(', ')],
    ...(shop === undefined ? [dataSetLine(dataSet)] : []),
    [
      'Machine',
      `${machine.cpuModel}, ${countOf(machine.coreCount, 'core')}, ${formatBytes(machine.memoryBytes)}; ${machine.platform}; Node ${machine.nodeVersion}`,
    ],
  ];
  if (manifest.noise !== undefined) lines.push(['Noise before', noiseSentence(manifest.noise)]);
  return html`<dl class="facts">${lines.map(([label, text]) => html`<dt>${label}</dt><dd>${text}</dd>`)}</dl>`;
}

/** What the shop held before the run's first order. */
function startedLine({ history }: FinishedRun['manifest']['dataSet']): Line {
  const label = 'Started from';
  if (history === undefined) return [label, 'a shop without a past'];
  const { days, orderCount, preset } = history;
  return [label, `${countOf(days, 'day')} of history: ${countOf(orderCount, 'order')} (${preset})`];
}

function shopLines(shop: NonNullable<FinishedRun['manifest']['shop']>): Line[] {
  const { itemCount, inStockCount, categoryCount, accountCount, verbs, audits } = shop;
  const people = accountCount === null ? 'guests' : countOf(accountCount, 'account');
  return [
    ['Shop', `${shop.name}, ${shop.url}, as ${shop.file} describes it`],
    [
      'For sale',
      `${countOf(itemCount, 'item')}, ${inStockCount} in stock, in ${countOf(categoryCount, 'category', 'categories')}; prices in ${shop.currency}`,
    ],
    ['Shoppers', `${people}; verbs of the shop’s file: ${verbs.join(', ')}`],
    ['Asked by its owner’s leave', audits.length === 0 ? 'nothing' : audits.join(', ')],
    ['Sent with every request', `Stampede-Run: ${shop.runId}`],
  ];
}

function dataSetLine({
  description,
  peopleCount,
  productCount,
  fingerprint,
}: FinishedRun['manifest']['dataSet']): Line {
  const people = countOf(peopleCount, 'person', 'people');
  return [
    'Data set',
    `${description}: ${people}, ${countOf(productCount, 'product')} (fingerprint ${fingerprint})`,
  ];
}

function serviceTable({ manifest }: FinishedRun): Markup | null {
  if (manifest.services.length === 0 && manifest.shop !== undefined) return null;
  const rows = manifest.services.map(({ name, version, origin, settings }) => {
    const text = Object.entries(settings)
      .map(([key, value]) => `${key} = ${value}`)
      .join('; ');
    return html`<tr><th scope="row">${name}</th><td>${version}</td><td>${origin}</td><td class="settings">${text}</td></tr>`;
  });
  return table(
    [{ label: 'Service' }, { label: 'Version' }, { label: 'Origin' }, { label: 'Settings' }],
    rows,
  );
}
