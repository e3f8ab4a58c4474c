// Entry point of `npm run report`; the command itself is in report-command.ts.

import { reportCommand } from './command/report-command.ts';
import { defaultPlaces } from './compare/find-compared-run.ts';
import type { Gallery } from './gallery/server.ts';
import { conclude } from './record/command-outcome.ts';

let gallery: Gallery | undefined;
// Ending a gallery is how it is meant to end, with 0; everything else is cut off.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 143],
] as const)
  process.once(signal, () => (gallery === undefined ? process.exit(code) : void gallery.close()));

// A long run takes long to read.
const slow = setTimeout(() => console.error('Making the page …'), 2_000);
await conclude(async () => {
  const outcome = await reportCommand(process.argv.slice(2), defaultPlaces().runs);
  gallery = outcome.gallery;
  return outcome;
}).finally(() => clearTimeout(slow));
