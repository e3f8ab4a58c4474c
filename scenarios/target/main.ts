// `npm run target -- …`: what is done with a shop of one's own before it is rehearsed.
import { EXIT_USAGE, exitWith } from '../../deploy/local/programs/exit-with.ts';
import { stopSignal } from '../../deploy/local/programs/process-end.ts';
import { targetCommand } from './command.ts';

await exitWith(async () => {
  let exitCode: number = EXIT_USAGE;
  const command = targetCommand({
    write: (text) => void process.stdout.write(text),
    environment: process.env,
    stop: stopSignal(),
    done: (code) => {
      exitCode = code;
    },
  });
  await command.parseAsync();
  return exitCode;
});
