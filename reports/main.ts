// Entry point of `npm run report`; the command itself is in report-command.ts.
import { reportCommand } from './report-command.ts';

const { exitCode, output, errors, gallery } = await reportCommand(process.argv.slice(2), 'runs');
for (const line of output) console.log(line);
for (const line of errors) console.error(line);
process.exitCode = exitCode;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void gallery?.close());
