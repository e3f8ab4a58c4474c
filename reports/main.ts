// Entry point of `npm run report`; the command itself is in report-command.ts.
import { conclude } from './command-outcome.ts';
import { defaultPlaces } from './compare/find-compared-run.ts';
import { reportCommand } from './report-command.ts';

const outcome = await conclude(() => reportCommand(process.argv.slice(2), defaultPlaces().runs));
const gallery = outcome?.gallery;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void gallery?.close());
