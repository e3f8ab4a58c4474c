// `npm run shop`: the shop with its storefront, to click through, on a small data set of its own. Runs until Ctrl-C.
import { Command } from 'commander';
import { exitWith } from './exit-with.ts';
import { freePorts } from './free-ports.ts';
import { acquireLock } from './lock.ts';
import { portNumber, refuseTakenPort } from './port-number.ts';
import { beforeProgramsEnd } from './programs-of-this-process.ts';
import { createProgressDisplay } from './progress-display.ts';
import { prepareShopDatabase, type ShopDataSet } from './shop-database.ts';
import { createShopTopics, deadLettersCommand, serveShop } from './shop-programs.ts';
import { bringUpStack } from './stack.ts';
import { wholeNumber } from './whole-number.ts';

type ShopOptions = ShopDataSet & { port?: number };

async function runShop({ port, ...dataSet }: ShopOptions): Promise<void> {
  await refuseTakenPort(port);
  const lock = acquireLock('shop');
  const display = createProgressDisplay(process.stdout);
  const stack = await bringUpStack(display).finally(() => display.close());
  try {
    const databaseUrl = await prepareShopDatabase(stack.postgresUrl, dataSet, console.log);
    const services = { databaseUrl, redisUrl: stack.redisUrl, kafkaBrokers: stack.kafkaBrokers };
    await createShopTopics(services);
    const [free = 0] = port === undefined ? await freePorts(1) : [port];
    let isEnding = false;
    beforeProgramsEnd(() => {
      isEnding = true;
      console.log('\nThe shop closes.');
      return 0;
    });
    const shop = await serveShop(services, free);
    console.log(`The shop is open: ${shop.url}   (its interface: ${shop.url}/docs; Ctrl-C closes it)`);
    const failure = await shop.ended;
    if (!isEnding) throw failure;
  } finally {
    await stack.stop();
    lock.release();
  }
}

function shopCommand(): Command {
  return new Command('shop')
    .description('Runs the shop with its storefront until Ctrl-C.')
    .option('--port <number>', 'where it listens on 127.0.0.1 (default: a free port)', portNumber)
    .option('--people <count>', 'customers of a new data set', wholeNumber, 2_000)
    .option('--products <count>', 'products of a new data set', wholeNumber, 2_000)
    .option('--days <count>', 'days of history of a new data set', wholeNumber, 180)
    .option('--seed <number>', 'seed of a new data set', wholeNumber, 1)
    .option('--as-of <instant>', 'the instant a new data set is made for (default: now)')
    .option('--fresh', 'drop the data set that is there and make a new one')
    .action(runShop)
    .exitOverride();
}

/** Everything behind the word is the shop's own business, its `--help` too. */
function deadLetters(): Command {
  return new Command('dead-letters')
    .description('Lists, retries or drops the messages that the shop could not handle.')
    .allowUnknownOption()
    .helpOption(false)
    .argument('[words...]')
    .action(async (words: string[]) => {
      const stack = await bringUpStack();
      try {
        process.exitCode = await deadLettersCommand(words, stack.kafkaBrokers);
      } finally {
        await stack.stop();
      }
    });
}

await exitWith(() => shopCommand().addCommand(deadLetters()).parseAsync());
