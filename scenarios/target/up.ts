// `npm run target -- up vendure|medusa`: a real shop that nobody here wrote, filled with our catalogue, to be rehearsed until Ctrl-C.
import { Argument, Command } from 'commander';
import { portNumber, refuseTakenPort } from '../../deploy/local/commands/port-number.ts';
import { createProgressDisplay } from '../../deploy/local/commands/progress-display.ts';
import { endedError } from '../../deploy/local/commands/shop-programs.ts';
import { wholeNumber } from '../../deploy/local/commands/whole-number.ts';
import { createCleanUp } from '../../deploy/local/programs/clean-up.ts';
import { StackError } from '../../deploy/local/programs/stack-error.ts';
import { unlessStopped } from '../../deploy/local/programs/unless-stopped.ts';
import { openRealShop } from './up/open-shop.ts';
import { REAL_SHOPS, type RealShop } from './up/real-shops.ts';

const PRODUCTS = { usual: 300, least: 20, most: 20_000 };
const PROCESSES = { usual: 1, most: 8 };

type UpDeps = { stop: AbortSignal; done: (exitCode: number) => void };
type UpOptions = { products: number; processes: number; port?: number };

/** Runs until `stop`, which is its usual end: `done` is told 0. */
export function upCommand({ stop, done }: UpDeps): Command {
  return new Command('up')
    .description('Opens a real shop with our catalogue on this machine, to be rehearsed, until Ctrl-C.')
    .addArgument(new Argument('<shop>', 'which one').choices(REAL_SHOPS.map(({ name }) => name)))
    .option(
      '--products <count>',
      `products it is filled with, ${PRODUCTS.least} to ${PRODUCTS.most}`,
      wholeNumber,
      PRODUCTS.usual,
    )
    .option(
      '--processes <count>',
      `processes that share its port, 1 to ${PROCESSES.most}`,
      wholeNumber,
      PROCESSES.usual,
    )
    .option('--port <number>', 'where it listens on 127.0.0.1 (default: a free port)', portNumber)
    .action(async (name: string, options: UpOptions) => {
      await up(name, options, stop);
      done(0);
    })
    .exitOverride();
}

async function up(name: string, { products, processes, port }: UpOptions, stop: AbortSignal): Promise<void> {
  const shop = REAL_SHOPS.find((one) => one.name === name);
  if (shop === undefined) throw new Error(`There is no shop ${name}.`);
  refuseOutside('--products', products, PRODUCTS.least, PRODUCTS.most);
  refuseOutside('--processes', processes, 1, PROCESSES.most);
  await refuseTakenPort(port);
  await using cleanUp = createCleanUp((sentence) => console.error(`! ${sentence}`));
  const display = createProgressDisplay(process.stdout);
  const { url, program } = await openRealShop(
    shop,
    { productCount: products, processCount: processes, ...(port === undefined ? {} : { port }) },
    { ...display, cleanUp, stop },
  ).finally(() => display.close());
  for (const line of openText(shop, url, { products, processes })) console.log(line);
  const exit = await unlessStopped(stop, program.exited).catch(() => null);
  if (exit !== null) throw endedError(program, exit);
  // Its usual end: exit code 0.
  console.log(`\n${shop.title} closes.`);
}

function openText(
  { name, title }: RealShop,
  url: string,
  { products, processes }: Pick<UpOptions, 'products' | 'processes'>,
): string[] {
  const at = `--target targets/${name}.ts --url ${url}`;
  return [
    `${title} is open: ${url}   (${products} products, ${processes} ${processes === 1 ? 'process' : 'processes'}; Ctrl-C closes it)`,
    'Now, in another terminal:',
    `  npm run target -- check targets/${name}.ts --url ${url}`,
    `  npm run scenario -- peak-hour ${at}`,
    `  npm run scenario -- last-units ${at}`,
  ];
}

function refuseOutside(option: string, found: number, least: number, most: number): void {
  if (found < least || found > most)
    throw new StackError(`${option} is ${found}; needed is a number from ${least} to ${most}.`);
}
