// `npm run stack`: the services alone, for working on the shop and for many runs in a row.
import { Argument, Command } from 'commander';
import { EXIT_USAGE, exitWith } from '../programs/exit-with.ts';
import { fitTerminal } from '../programs/fit-terminal.ts';
import { stopSignal } from '../programs/process-end.ts';
import { orphansOf } from '../programs/programs.ts';
import { saidWhenSlow } from '../programs/said-when-slow.ts';
import { StackError } from '../programs/stack-error.ts';
import { stampedeHome } from '../programs/state-directory.ts';
import { findService } from '../services/find-service.ts';
import type { BrokerCount } from '../services/kafka.ts';
import { findOpensearch } from '../services/opensearch.ts';
import { SERVICE_NAMES, type ServiceName } from '../services/stack-service.ts';
import { leftServices } from '../services/stack-state.ts';
import { canComeUp, doctorText, examine } from './doctor.ts';
import { follow, serviceLogs, writeTails } from './follow-logs.ts';
import { createProgressDisplay } from './progress-display.ts';
import { type StatusRow, statusTable } from './status-table.ts';
import { leaveUp, takeDown } from './up-and-down.ts';
import { wholeNumber } from './whole-number.ts';

const say = (text: string): void => console.log(fitTerminal(text, process.stdout.columns));

async function up({
  brokers,
  opensearch = false,
  wait = false,
}: {
  brokers?: number;
  opensearch?: boolean;
  wait?: boolean;
}): Promise<void> {
  if (brokers !== undefined && brokers !== 1 && brokers !== 3) {
    throw new StackError(`--brokers is ${brokers}; Kafka runs here with 1 broker or 3.`);
  }
  const display = createProgressDisplay(process.stdout);
  try {
    await leaveUp({
      ...display,
      signal: stopSignal(),
      opensearch,
      wait,
      ...(brokers === undefined ? {} : { brokerCount: brokers satisfies BrokerCount }),
    });
  } finally {
    display.close();
  }
  say('The stack is up. It stays until `npm run stack -- down`; addresses: npm run stack -- status');
}

async function down(): Promise<void> {
  const ended = await saidWhenSlow('Ending the services', takeDown());
  say(ended.length === 0 ? 'Nothing was up.' : `Ended: ${ended.join(', ')}.`);
}

async function doctor(): Promise<void> {
  const findings = await saidWhenSlow(
    'Looking at this machine',
    examine({ home: stampedeHome(), environment: process.env }),
  );
  say(doctorText(findings));
  if (!canComeUp(findings)) process.exitCode = EXIT_USAGE;
}

async function status({ urls }: { urls?: boolean }): Promise<void> {
  const home = stampedeHome();
  const left = leftServices(home);
  const search = { home, environment: process.env, brokerCount: undefined };
  const rows = await Promise.all(
    SERVICE_NAMES.map(async (name): Promise<StatusRow> => {
      const found = await findService(name, search).catch((error: unknown) => {
        if (error instanceof StackError) return error;
        throw error;
      });
      const isLeft = found !== null && !(found instanceof StackError) && found.service.origin === 'stack-up';
      return { name, found, sinceMs: isLeft ? (left[name]?.programs[0]?.sinceMs ?? null) : null };
    }),
  );
  const opensearch = await findOpensearch(home).catch((error: unknown) => {
    if (error instanceof StackError) return error;
    throw error;
  });
  // A row where somebody asked for it.
  if (opensearch !== null)
    rows.push({
      name: 'opensearch',
      found: opensearch,
      sinceMs: left.opensearch?.programs[0]?.sinceMs ?? null,
    });
  console.log(urls ? exportLines(rows) : statusTable(rows, Date.now()));
  if (urls) return;
  const orphans = orphansOf(home).map(({ name, process: { pid } }) => `${name} (pid ${pid})`);
  if (orphans.length > 0)
    say(
      `\nLeft by a run that was killed: ${orphans.join(', ')}. End them: npm run stack -- down; the next start does so too.`,
    );
  if (rows.some(({ found }) => found === null)) console.log('\nBring up what is not: npm run stack -- up');
}

/** Lines for `eval`: the addresses with their passwords, as the shop's programs want them. */
function exportLines(rows: readonly StatusRow[]): string {
  const variables = {
    postgres: 'DATABASE_URL',
    redis: 'REDIS_URL',
    kafka: 'KAFKA_BROKERS',
    opensearch: 'OPENSEARCH_URL',
  } as const;
  return rows
    .flatMap(({ name, found }) => {
      if (found instanceof StackError) throw found;
      return found === null ? [] : [`${variables[name]}='${found.url}'`];
    })
    .join('\n');
}

async function logs(
  service: ServiceName | undefined,
  options: { follow?: boolean; lines: number },
): Promise<void> {
  const files = serviceLogs(stampedeHome(), service);
  if (files.length === 0) {
    throw new StackError(
      `There is no log of ${service ?? 'any service'} yet. Start them: npm run stack -- up`,
    );
  }
  writeTails(files, options.lines, console.log);
  // Ctrl-C is how a person ends it.
  if (options.follow) await follow(files, console.log, stopSignal());
}

/** With its options: there are few, and who asks what a command can do wants to know them. */
function subcommandTerm(command: Command): string {
  const options = command.options.map(({ flags }) => `[${flags}]`);
  const words = command.registeredArguments.map((argument) => `[${argument.name()}]`);
  return [command.name(), ...options, ...words].join(' ');
}

/** Beside names as long as those of `up` and `logs` few columns are left; commander would leave it to the terminal to break words. */
const NARROWEST_COLUMN = 20;

function stackCommand(): Command {
  const program = new Command('npm run stack --')
    .description(
      "PostgreSQL, Redis and Kafka for Stampede, on this machine or where the environment's URLs point.",
    )
    .configureHelp({ subcommandTerm, minWidthToWrap: NARROWEST_COLUMN })
    .exitOverride();
  program
    .command('up')
    .description('find or start the services and leave them running')
    .option('--brokers <count>', 'Kafka brokers, 1 or 3', wholeNumber)
    .option('--wait', 'wait for another run that is under way on this machine')
    .option('--opensearch', 'OpenSearch too, for BEHAVIOUR_STORE=opensearch')
    .action(up);
  program.command('down').description('end what `up` started').action(down);
  program
    .command('doctor')
    .description('what this machine has, what is missing, and what to type')
    .action(doctor);
  program
    .command('status')
    .description('what runs, where, since when')
    .option('--urls', 'only the addresses, with passwords, as VARIABLE=value lines')
    .action(status);
  program
    .command('logs')
    .description("the end of the services' logs")
    .addArgument(new Argument('[service]').choices(SERVICE_NAMES))
    .option('-f, --follow', 'go on with what is added')
    .option('-n, --lines <count>', 'lines of each log', wholeNumber, 40)
    .action(logs);
  for (const command of program.commands) command.exitOverride();
  return program;
}

await exitWith(() => stackCommand().parseAsync());
