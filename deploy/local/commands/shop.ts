// `npm run shop`: the shop with its storefront, to click through, on a small data set of its own. Runs until Ctrl-C.
import { Command } from 'commander';
import { createCleanUp } from '../programs/clean-up.ts';
import { exitWith } from '../programs/exit-with.ts';
import { fitTerminal } from '../programs/fit-terminal.ts';
import { freePorts } from '../programs/free-ports.ts';
import { noteOpenShop } from '../programs/open-shop.ts';
import { stopSignal } from '../programs/process-end.ts';
import { programsFromNowOn } from '../programs/programs-of-this-process.ts';
import { remains } from '../programs/remains.ts';
import { saidWhenSlow } from '../programs/said-when-slow.ts';
import { stampedeHome } from '../programs/state-directory.ts';
import { unlessStopped } from '../programs/unless-stopped.ts';
import { lockOrWait } from '../programs/wait-for-lock.ts';
import { bringUpStack } from '../services/stack.ts';
import { findDemoAccount } from './demo-account.ts';
import { portNumber, refuseTakenPort } from './port-number.ts';
import { createProgressDisplay } from './progress-display.ts';
import { prepareShopDatabase, type ShopDataSet } from './shop-database.ts';
import {
  createShopTopics,
  deadLettersCommand,
  endedError,
  ownShopEnvironment,
  startShopProcess,
  untilShopReady,
} from './shop-programs.ts';
import { wholeNumber } from './whole-number.ts';

type ShopOptions = ShopDataSet & { port?: number; wait?: boolean };

const say = (text: string): void => console.log(fitTerminal(text, process.stdout.columns));
const complain = (text: string): void => console.error(fitTerminal(text, process.stderr.columns));

async function runShop({ port, wait = false, ...dataSet }: ShopOptions): Promise<void> {
  await refuseTakenPort(port);
  const stop = stopSignal();
  const lock = await lockOrWait('shop', { wait, signal: stop });
  await using cleanUp = createCleanUp((sentence) => complain(`! ${sentence}`));
  cleanUp.later(remains.lock, lock.release);
  const display = createProgressDisplay(process.stdout);
  const stack = await bringUpStack({ ...display, signal: stop }).finally(() => display.close());
  cleanUp.later(remains.services, stack.stop);
  // Whatever is under way when it is stopped runs on programs that are ended before the services.
  cleanUp.later(remains.programs, programsFromNowOn());
  const databaseUrl = await saidWhenSlow(
    'Preparing the data set',
    unlessStopped(stop, prepareShopDatabase(stack.postgresUrl, dataSet, say, stop)),
  );
  const environment = ownShopEnvironment({
    databaseUrl,
    redisUrl: stack.redisUrl,
    kafkaBrokers: stack.kafkaBrokers,
  });
  await saidWhenSlow('Creating the topics', createShopTopics(environment, { signal: stop }));
  const [free = 0] = port === undefined ? await freePorts(1) : [port];
  // In one process it has all that there are, whatever the caller's shell says.
  const roles = { SHOP_ROLES: '' };
  // A storefront is looked at for its lists and its coupons too.
  const { RECOMMENDATIONS_ENGINE = 'incremental', SHOP_RULES = 'on' } = process.env;
  const looks = { RECOMMENDATIONS_ENGINE, SHOP_RULES };
  const shop = await startShopProcess('shop', free, { ...environment, ...roles, ...looks });
  await saidWhenSlow('Starting the shop', untilShopReady(free, shop, stop));
  const url = `http://127.0.0.1:${free}`;
  const redisKeyPrefix = environment.REDIS_KEY_PREFIX ?? '';
  const note = { url, redisUrl: stack.redisUrl, redisKeyPrefix };
  cleanUp.later(remains.note, noteOpenShop(stampedeHome(), note));
  say(`The shop is open: ${url}   (its interface: ${url}/docs; Ctrl-C closes it)`);
  const demo = await findDemoAccount(databaseUrl);
  if (demo !== null)
    say(`Sign in as ${demo.email} with ${demo.password}: a customer with ${demo.orderCount} orders.`);
  const exit = await unlessStopped(stop, shop.exited).catch(() => null);
  if (exit !== null) throw endedError(shop, exit);
  // Its usual end: exit code 0.
  console.log('\nThe shop closes.');
}

function shopCommand(): Command {
  return new Command('npm run shop --')
    .description('Runs the shop with its storefront until Ctrl-C.')
    .option('--port <number>', 'where it listens on 127.0.0.1 (default: a free port)', portNumber)
    .option('--people <count>', 'customers of a new data set', wholeNumber, 2_000)
    .option('--products <count>', 'products of a new data set', wholeNumber, 2_000)
    .option('--days <count>', 'days of history of a new data set', wholeNumber, 180)
    .option('--seed <number>', 'seed of a new data set', wholeNumber, 1)
    .option('--as-of <instant>', 'the instant a new data set is made for (default: now)')
    .option('--fresh', 'drop the data set that is there and make a new one')
    .option('--wait', 'wait for another run that is under way on this machine, and open when it is done')
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
      const stop = stopSignal();
      await using cleanUp = createCleanUp((sentence) => complain(`! ${sentence}`));
      const stack = await bringUpStack({ signal: stop });
      cleanUp.later(remains.services, stack.stop);
      process.exitCode = await unlessStopped(stop, deadLettersCommand(words, stack.kafkaBrokers));
    });
}

await exitWith(() => shopCommand().addCommand(deadLetters()).parseAsync());
