// `npm run target -- …`: what is done with a shop that is not ours before it is rehearsed.
import { Command } from 'commander';
import { EXIT_USAGE, exitWith } from '../../deploy/local/programs/exit-with.ts';
import { stopSignal } from '../../deploy/local/programs/process-end.ts';
import { upCommand } from './up.ts';

await exitWith(async () => {
  let exitCode: number = EXIT_USAGE;
  const deps = {
    stop: stopSignal(),
    done: (code: number) => {
      exitCode = code;
    },
  };
  await new Command('npm run target --').exitOverride().addCommand(upCommand(deps)).parseAsync();
  return exitCode;
});
