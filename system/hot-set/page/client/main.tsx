// The operator's page of the cache in the browser: asks for the figures once a second and shows them, or since when they are not
// to be had.
import { render } from 'preact';
import type { CacheFigures } from '../../../contract/cache-figures.ts';
import { CachePage, type Shown } from './cache-page.tsx';

declare const FIGURES_PATH: string;

const EVERY_MS = 1_000;

const main = document.getElementById('main');
if (!main) throw new Error('The page has no element #main');

let shown: Shown = { figures: null, silentSince: null };

async function look(): Promise<void> {
  const startedMs = performance.now();
  try {
    const answer = await fetch(FIGURES_PATH, { signal: AbortSignal.timeout(5_000) });
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    shown = { figures: (await answer.json()) as CacheFigures, silentSince: null };
  } catch {
    // The figures of before stay, and it is said that they are of before.
    shown = { ...shown, silentSince: shown.silentSince ?? new Date() };
  }
  if (main) render(<CachePage {...shown} />, main);
  setTimeout(look, Math.max(0, EVERY_MS - (performance.now() - startedMs)));
}

void look();
