// Where Chromium is, and how it is started so that it asks nobody but whom it is sent to.
import { existsSync } from 'node:fs';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Without a window, without a sandbox (root has none), and without its own errands on the network. */
export const BROWSER_ARGUMENTS: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type BrowserSearch = { path: string } | { missing: string };

/** Where Chromium is: at CHROMIUM_PATH, else in the usual places; or one line about what to do. */
export function findBrowser(
  environment: { CHROMIUM_PATH?: string | undefined },
  exists: (path: string) => boolean = existsSync,
): BrowserSearch {
  const wanted = environment.CHROMIUM_PATH;
  const places = wanted ? [wanted] : USUAL_PLACES;
  const path = places.find(exists);
  if (path) return { path };
  const advice = 'apt-get install chromium, or name one in CHROMIUM_PATH';
  return { missing: `found no Chromium at ${wanted ?? USUAL_PLACES[0]}, needed one: ${advice}` };
}
