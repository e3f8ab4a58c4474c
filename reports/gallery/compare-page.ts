// Two runs side by side. It says first what such a page can settle, hardly anything; then three figures and what differed before
// the runs started, then what they found, all that they measured and which limits they kept.
import { html, type Markup } from '../html/markup/markup.ts';
import { section } from '../html/sections/layout.ts';
import { dayText } from '../html/sections/verdict.ts';
import { FEWEST_CELLS_PER_SIDE } from '../statistics/welch.ts';
import { auditLine } from '../words/verdict-words.ts';
import { differenceSection, limitSection, metricSection } from './compare-sections.ts';
import { entryBadge, entrySentence } from './entry-words.ts';
import { firstThree } from './first-three.ts';
import { type FinishedEntry, scenarioOfEntry, type UnfinishedEntry } from './list-entries.ts';
import { pageShell, runAddress } from './page-shell.ts';
import { setBeside, type VariantBeside } from './side-by-side.ts';
import { machineText } from './trends.ts';

export type ComparedEntry = FinishedEntry | UnfinishedEntry;

/** @param pair in any order; the run that started first stands left and is the base of every ratio */
export function comparePage(pair: [ComparedEntry, ComparedEntry]): string {
  const [older, newer] = pair[0].name < pair[1].name ? pair : [pair[1], pair[0]];
  const bothFinished = older.kind === 'finished' && newer.kind === 'finished';
  const variants = bothFinished ? setBeside(older.result, newer.result) : [];
  const body = html`<header>
<p class="run-line"><a href="/">All runs</a></p>
<h1>Two runs side by side</h1>
<div class="verdict void"><p class="word">${headline(variants)}</p><p class="sentence">${caution(older, newer, variants)}</p></div>
</header>
${firstThree(variants)}
${differenceSection(older.manifest, newer.manifest)}
<div class="sides">${side('older', older)}${side('newer', newer)}</div>
${bothFinished ? html`${metricSection(variants, older.result, newer.result)}${limitSection(older.result, newer.result)}` : html`<p class="message">Numbers can be set beside each other only where both runs came to a result.</p>`}`;
  return pageShell({ title: 'Two runs side by side', body });
}

function isSettled(variants: VariantBeside[]): boolean {
  return variants.some(({ rows }) => rows.some(({ comparison }) => comparison?.outcome === 'judged'));
}

function headline(variants: VariantBeside[]): string {
  return isSettled(variants)
    ? '⊘ Two runs that were not paired'
    : '⊘ No verdict: two single runs settle nothing';
}

function caution(older: ComparedEntry, newer: ComparedEntry, variants: VariantBeside[]): string {
  const counts = variants.map(({ title, cellCounts: [before, after] }) => {
    const name = variants.length > 1 ? `${title}: ` : '';
    return `${name}${before} and ${after}`;
  });
  const found = counts.length === 0 ? '' : `; found ${counts.join(', ')}`;
  const kinship =
    scenarioOfEntry(older) === scenarioOfEntry(newer) ? '' : ' These are runs of two different scenarios.';
  return isSettled(variants)
    ? `The runs share no blocks, so nothing but their own spread speaks for an interval, and it cannot see what else differed between them. A paired experiment (variants in one run) can.${kinship}`
    : `A verdict needs ≥ ${FEWEST_CELLS_PER_SIDE} cells on each side${found}. The ratios below may come from a change or from nothing but how the machine happened to run. To find out, run both as variants of one scenario.${kinship}`;
}

function side(place: string, entry: ComparedEntry): Markup {
  const badge = entryBadge(entry);
  const { manifest } = entry;
  return section(
    `side-${place}`,
    place === 'older' ? 'Older' : 'Newer',
    html`<p><span class="judgement ${badge.tone}">${badge.text}</span> <a href="${runAddress(entry.name)}">${scenarioOfEntry(entry)}, ${dayText(entry.status.startedAt)}</a></p>
<p>${entry.kind === 'finished' ? entry.result.answer : entrySentence(entry)}</p>
<small>${entry.kind === 'finished' ? `${auditLine(entry.result)} · ` : null}${manifest === null ? 'no manifest' : machineText(manifest)}</small>`,
  );
}
