// `npm run generator`: joins a rehearsal over its Kafka, from any machine that reaches the brokers and the shop, and runs its part of
// the plan. Exit codes: 0 the rehearsal is over, 2 this generator failed in it, 3 usage, or no rehearsal took it.
import { Command } from 'commander';
import { EXIT_USAGE, exitWith } from '../../deploy/local/programs/exit-with.ts';
import { stopSignal } from '../../deploy/local/programs/process-end.ts';
import { wrapLines } from '../../reports/format/wrap.ts';
import { findRehearsal } from './find-rehearsal.ts';
import { createClient, unreachable } from './kafka-client.ts';
import { type MemberFlags, type MemberOptions, memberOptions } from './member-options.ts';

function program(): Command {
  return new Command('npm run generator --')
    .description('Join a rehearsal on another machine as one of its generators, over Kafka.')
    .option('--kafka <hosts>', 'brokers of the rehearsal, HOST:PORT,… (default: STAMPEDE_KAFKA_BROKERS)')
    .option(
      '--token <token>',
      'token of the rehearsal; better in STAMPEDE_GENERATOR_TOKEN, where nobody else on this machine sees it',
    )
    .option('--name <name>', 'what the rehearsal calls this generator (default: host and process number)')
    .option('--wait <span>', 'how long to wait for a rehearsal, such as 90s or 2h', '10m')
    .option('--stay', 'when a rehearsal is over, wait for the next one')
    .exitOverride();
}

const say = (line: string): void => console.log(wrapLines(line, process.stdout.columns));

async function main(): Promise<number> {
  const asked = memberOptions(program().parse().opts<MemberFlags>(), process.env, process.pid);
  if (asked.kind === 'mistakes') {
    for (const mistake of asked.mistakes)
      process.stderr.write(`${wrapLines(`✗ ${mistake}`, process.stderr.columns)}\n`);
    return EXIT_USAGE;
  }
  return join(asked.options, stopSignal());
}

async function join(options: MemberOptions, stop: AbortSignal): Promise<number> {
  const { brokers, name, waitSeconds } = options;
  const admin = createClient(brokers, name).admin();
  try {
    await admin.connect().catch((cause: unknown) => {
      throw unreachable(brokers, cause);
    });
    say(`${name} waits for a rehearsal at ${brokers.join(', ')}, for ${waitSeconds} s at most.`);
    const mark = await findRehearsal(admin, new Set(), performance.now() + waitSeconds * 1_000, stop);
    if (mark === null)
      throw new Error(
        `No rehearsal at ${brokers.join(', ')} wanted a generator within ${waitSeconds} s. Needed: npm run scenario -- NAME --generators kafka:N@${brokers.join(',')}`,
      );
    return 0;
  } finally {
    await admin.disconnect();
  }
}

await exitWith(main);
