// The shop's program: brings the database and the topics up to date, or serves until it is told to stop.
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { describeSettings, readConfig, readSettings } from './config.ts';
import { namesOf, TOPICS, type Topic } from './contract/topics.ts';
import { SeededAccountsError } from './customers/seeded-accounts.ts';
import { FEATURES } from './features.ts';
import { createLog, type Log } from './platform/diagnostics/log.ts';
import { topicsOf } from './platform/features/feature.ts';
import { DEAD_LETTER_ACTIONS, type DeadLetterAction, runDeadLetters } from './platform/kafka/dead-letters.ts';
import { createKafka } from './platform/kafka/kafka.ts';
import { openDeadLetters } from './platform/kafka/kafka-dead-letter-store.ts';
import { createTopics, topicDefinitions } from './platform/kafka/kafka-topics.ts';
import { migrate } from './platform/postgres/migrate.ts';
import { serve } from './serve.ts';

/** 1 belongs to commands that judge: a limit was missed. */
const EXIT_FAILURE = 3;
const EXIT_USAGE = 3;
const CLOSE_DEADLINE_MS = 25_000;

/** Settings, or the end of the process with every problem on standard error. */
function settingsOrExit<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(EXIT_USAGE);
  }
}

async function runMigrate(): Promise<void> {
  const config = settingsOrExit(() => readSettings(process.env, ['databaseUrl', 'logLevel']));
  const log = createLog({ level: config.logLevel, name: 'shop-migrate' });
  const applied = await migrate(config.databaseUrl, log);
  log.info({ applied }, 'the database has the newest schema');
}

async function runTopics(): Promise<void> {
  const config = settingsOrExit(() => readSettings(process.env, ['kafkaBrokers', 'kafkaPrefix', 'logLevel']));
  const log = createLog({ level: config.logLevel, name: 'shop-topics' });
  const kafka = createKafka({ brokers: config.kafkaBrokers, clientId: 'shop-topics', log });
  const created = await createTopics(kafka, topicDefinitions(config.kafkaPrefix, topicsOf(FEATURES)));
  log.info({ created }, 'the topics exist');
}

async function runDeadLettersCommand(
  action: DeadLetterAction,
  options: { topic: Topic; limit: number; offset?: string },
): Promise<void> {
  const config = settingsOrExit(() => readSettings(process.env, ['kafkaBrokers', 'kafkaPrefix', 'logLevel']));
  const log = createLog({ level: config.logLevel, name: 'shop-dead-letters' }, process.stderr);
  const kafka = createKafka({ brokers: config.kafkaBrokers, clientId: 'shop-dead-letters', log });
  const store = await openDeadLetters({ kafka, ...namesOf(options.topic, config.kafkaPrefix) });
  try {
    const selection = { place: options.offset ?? null, limit: options.limit };
    await runDeadLetters(store, action, selection, (line) => process.stdout.write(`${line}\n`));
  } finally {
    await store.close();
  }
}

async function runServe(): Promise<void> {
  const config = settingsOrExit(() => readConfig(process.env));
  const log = createLog({ level: config.logLevel, name: `shop-${config.roles.join('+')}` });
  // Of a process in this state nobody knows what it would do next; whoever runs it starts it again.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an error that nobody caught');
    process.exit(EXIT_FAILURE);
  });
  const stopped = untilStopSignal(log);
  const shop = await serve(config, log);
  await stopped;
  // Not in the way of a process that ends by itself, but the end of one that something keeps open.
  setTimeout(() => {
    log.error(`the shop did not close within ${CLOSE_DEADLINE_MS} ms`);
    process.exit(EXIT_FAILURE);
  }, CLOSE_DEADLINE_MS).unref();
  await shop.close();
  log.info('the shop is closed');
}

/** Resolves with the first SIGTERM, SIGINT or SIGHUP; a second one ends the process at once. */
function untilStopSignal(log: Log): Promise<void> {
  return new Promise((resolve) => {
    let count = 0;
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => {
        log.info({ signal }, ++count === 1 ? 'closing' : 'ended by force');
        if (count > 1) process.exit(EXIT_FAILURE);
        resolve();
      });
    }
  });
}

/** Runs a command; the process ends by itself when nothing is open any more. */
function command<Given extends unknown[]>(run: (...given: Given) => Promise<void>) {
  return async (...given: Given) => {
    try {
      await run(...given);
    } catch (error) {
      if (error instanceof SeededAccountsError) {
        process.stderr.write(`${error.message}\n`);
        process.exit(EXIT_USAGE);
      }
      process.stderr.write(`${tellAll(error)}\n`);
      process.exit(EXIT_FAILURE);
    }
  };
}

/** An error and, first, the one that it hides: closing may fail after the work has. */
function tellAll(error: unknown): string {
  if (error instanceof SuppressedError) return `${tellAll(error.suppressed)}\n${tellAll(error.error)}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('needed a whole number from 1');
  return Number(text);
}

function topicNamed(text: string): Topic {
  const topic = topicsOf(FEATURES).find(({ name }) => name === text);
  if (topic === undefined)
    throw new InvalidArgumentError(
      `needed one of ${topicsOf(FEATURES)
        .map(({ name }) => name)
        .join(', ')}`,
    );
  return topic;
}

function place(text: string): string {
  if (!/^\d+:\d+$/.test(text)) throw new InvalidArgumentError('needed partition:offset, such as 0:17');
  return text;
}

const program = new Command('system/main.ts')
  .description("The shop's program. All settings are environment variables.")
  .addHelpText('after', `\nEnvironment:\n${describeSettings()}`)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT_USAGE));
program.command('migrate').description('bring the database to the newest schema').action(command(runMigrate));
program.command('topics').description('create the topics that do not exist yet').action(command(runTopics));
program
  .command('serve')
  .description('run the roles named in SHOP_ROLES until SIGTERM')
  .action(command(runServe));
program
  .command('dead-letters')
  .description('look at the messages that could not be handled, publish them again or let them go')
  .addArgument(new Argument('<action>', 'what to do with them').choices(DEAD_LETTER_ACTIONS))
  .addOption(
    new Option('--topic <name>', 'topic they come from, without prefix')
      .argParser(topicNamed)
      .default(TOPICS.orders, TOPICS.orders.name),
  )
  .option('--limit <count>', 'at most so many, the oldest first', wholeNumber, 100)
  .option('--offset <partition:offset>', 'only the one at this place of the list', place)
  .action(command(runDeadLettersCommand));
await program.parseAsync();
