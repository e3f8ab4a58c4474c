// What became of a run, in the words of the gallery: symbol and word, tone, and one sentence. The words of verdicts
// themselves are verdict-words.ts.
import { dayText } from '../html/sections/verdict.ts';
import { badgeOf } from '../words/badge.ts';
import { verdictSentence, verdictWord } from '../words/verdict-words.ts';
import { type EntryWord, type GalleryEntry, scenarioOfEntry, wordOfEntry } from './list-entries.ts';
import type { Findable } from './run-filter.ts';

const STATES = { ABORTED: '■', KILLED: '†', RUNNING: '…', UNREADABLE: '?' };

/** All words in the order in which they are offered. */
export const ENTRY_WORDS: EntryWord[] = [
  'PASS',
  'FAIL',
  'AUDIT_FAILED',
  'INVALID',
  'UNDECIDED',
  'RUNNING',
  'ABORTED',
  'KILLED',
  'UNREADABLE',
];

/** `✓ PASS`, `† KILLED`. */
export function entryWordText(word: EntryWord): string {
  return word in STATES
    ? `${STATES[word as keyof typeof STATES]} ${word}`
    : verdictWord(word as keyof typeof TONES);
}

const TONES = { PASS: 'ok', FAIL: 'not-ok', AUDIT_FAILED: 'not-ok', INVALID: 'void', UNDECIDED: 'void' };

/** Class name of a word's colour, which only repeats what symbol and word say. */
export function entryTone(word: EntryWord): string {
  return word in TONES ? TONES[word as keyof typeof TONES] : 'void';
}

/** Symbol, word and class name of a run's badge: that of its page where it is finished. */
export function entryBadge(entry: GalleryEntry): { text: string; tone: string } {
  const word = wordOfEntry(entry);
  const usual = { text: entryWordText(word), tone: entryTone(word) };
  if (entry.kind !== 'finished') return usual;
  const { text, tone } = badgeOf(entry.result);
  return tone === 'answered' ? { text, tone: '' } : usual;
}

/** Answer and verdict of a finished run, or why there is none. */
export function entrySentence(entry: GalleryEntry): string {
  switch (entry.kind) {
    case 'finished':
      return verdictSentence(entry.result);
    case 'unfinished': {
      const written = `last written ${dayText(entry.lastWrittenAt.toISOString())}`;
      if (entry.state === 'aborted') return `Aborted: ${entry.status.reason ?? 'no reason recorded'}`;
      return entry.state === 'running'
        ? `Still running, ${written}. No result yet.`
        : `Killed before it had a result, or its machine went down; ${written}.`;
    }
    case 'unreadable':
      return entry.error;
  }
}

/** What a run is found by. */
export function findableOf(entry: GalleryEntry): Findable {
  const word = wordOfEntry(entry);
  const manifest = entry.kind === 'unreadable' ? null : entry.manifest;
  const result = entry.kind === 'finished' ? entry.result : null;
  const parts = [
    entry.name,
    scenarioOfEntry(entry),
    word,
    entrySentence(entry),
    ...(result ? [result.answer, `seed ${result.seed}`, result.commit ?? ''] : []),
    ...(manifest ? [manifest.title, manifest.question, manifest.commit ?? '', ...manifest.overrides] : []),
    ...(manifest ? [manifest.machine.cpuModel, `seed ${manifest.seed}`] : []),
  ];
  return { scenario: scenarioOfEntry(entry), verdict: word, text: parts.join(' ').toLowerCase() };
}
