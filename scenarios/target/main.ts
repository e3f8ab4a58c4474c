// `npm run target -- …`: what is done with a shop that is not ours before it is rehearsed.
import { Command } from 'commander';
import { exitWith } from '../../deploy/local/programs/exit-with.ts';
import { upCommand } from './up.ts';

await exitWith(() => new Command('npm run target --').exitOverride().addCommand(upCommand()).parseAsync());
