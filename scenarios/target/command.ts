// The command line of `npm run target`: init writes a file to begin with, check walks one shopper through a shop, permit writes what
// the owner of a host serves so that it may be rehearsed.
import { existsSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Command } from 'commander';
import { noAddress, originOf } from '../targets/your-shop/aim.ts';
import { ownToken } from '../targets/your-shop/rails/own-token.ts';
import { PERMISSION_PATH, permissionText } from '../targets/your-shop/rails/permission.ts';
import { checkShop } from './check.ts';
import { STARTER } from './starter.ts';
import { upCommand } from './up.ts';

/** 1: something was found that a rehearsal would trip over. */
const EXIT_DOUBTS = 1;
const DAY_MS = 86_400_000;
const USUAL_DAYS = 7;
const USUAL_MOST_PER_SECOND = 20;
/** Ten years; far beyond them there are no dates. */
const MOST_DAYS = 3_650;

export type TargetDeps = {
  write: (text: string) => void;
  environment: NodeJS.ProcessEnv;
  stop: AbortSignal;
  /** Told the exit code of the command that was given. */
  done: (exitCode: number) => void;
};

export function targetCommand(deps: TargetDeps): Command {
  const program = new Command('npm run target --')
    .description('Make a file that describes your shop, and try it before you rehearse.')
    .exitOverride();
  program
    .addCommand(initCommand(deps))
    .addCommand(checkCommand(deps))
    .addCommand(permitCommand(deps))
    .addCommand(upCommand(deps));
  return program.addHelpText('after', `\nOptions behind them:\n${optionsOf(program.commands)}`);
}

/** A line for each that has some. */
function optionsOf(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name().length));
  return commands
    .filter(({ options }) => options.length > 0)
    .map(
      (command) =>
        `  ${command.name().padEnd(width)}  ${command.options.map(({ flags }) => flags).join(' ')}`,
    )
    .join('\n');
}

function initCommand({ write, done }: TargetDeps): Command {
  return new Command('init')
    .description('write a commented file to begin with')
    .argument('<file>', 'such as my-shop.ts')
    .exitOverride()
    .action((file: string) => {
      if (!/\.[cm]?ts$/.test(file))
        throw new Error(`${file}: found no .ts at its end. Needed: a name such as my-shop.ts.`);
      if (existsSync(file))
        throw new Error(`${file}: there is one already, and it stays as it is. Needed: another name.`);
      writeFileSync(file, STARTER);
      write(
        `${file} is written. Next: fill in its verbs, then npm run target -- check ${file} --url http://127.0.0.1:3000\n`,
      );
      done(0);
    });
}

function checkCommand({ write, environment, stop, done }: TargetDeps): Command {
  return new Command('check')
    .description('walk one shopper through every verb of your shop and say what was understood')
    .argument('<file>', 'the file that describes it')
    .requiredOption('--url <url>', 'where it is')
    .option('--item <id>', 'what is bought (default: the first item in stock)')
    .option('--i-own <host>', 'confirms that the shop at this host is yours, where nobody can type its name')
    .exitOverride()
    .action(async (file: string, options: { url: string; item?: string; iOwn?: string }) => {
      const url = originOf(options.url);
      if (url === null) throw new Error(noAddress(options.url));
      if (!existsSync(file))
        throw new Error(
          `${file}: there is no such file. Needed: one that describes your shop; npm run target -- init ${basename(file)} writes it.`,
        );
      const isWell = await checkShop(
        { file: resolve(file), url, itemId: options.item, iOwn: options.iOwn ?? null },
        { write, environment, stop },
      );
      done(isWell ? 0 : EXIT_DOUBTS);
    });
}

function permitCommand({ write, environment, done }: TargetDeps): Command {
  return new Command('permit')
    .description('write the file by which the owner of a host permits its rehearsal')
    .argument('<host>', 'such as my.shop')
    .option('--days <number>', 'for how long', String(USUAL_DAYS))
    .option('--most <number>', 'most sessions a second', String(USUAL_MOST_PER_SECOND))
    .exitOverride()
    .action((host: string, { days, most }: { days: string; most: string }) => {
      for (const [option, text] of [
        ['--days', days],
        ['--most', most],
      ])
        if (!(Number(text) > 0 && Number.isFinite(Number(text))))
          throw new Error(`${option} ${text}: found no number above 0. Needed: one.`);
      if (Number(days) > MOST_DAYS)
        throw new Error(`--days ${days}: found more than ${MOST_DAYS}. Needed: as many or fewer.`);
      write(
        permissionText({
          token: ownToken(environment),
          expiresMs: Date.now() + Number(days) * DAY_MS,
          mostSessionsPerSecond: Number(most),
        }),
      );
      write(`# Serve these lines as text at https://${host}${PERMISSION_PATH}\n`);
      done(0);
    });
}
