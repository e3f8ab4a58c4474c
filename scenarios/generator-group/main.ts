// `npm run generator`: joins a rehearsal over its Kafka, from any machine that reaches the brokers and the shop, and runs its part of
// the plan. Exit codes: 0 the rehearsal is over, 2 this generator failed in it, 3 usage, or no rehearsal took it.
import { Command } from 'commander';
import { EXIT_USAGE, exitWith } from '../../deploy/local/programs/exit-with.ts';
import { stopSignal } from '../../deploy/local/programs/process-end.ts';
import { wrapLines } from '../../reports/format/wrap.ts';
import { joinRehearsals } from './join-rehearsals.ts';
import { type MemberFlags, memberOptions } from './member-options.ts';
import { stampedeVersion } from './version.ts';

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

async function main(): Promise<number> {
  const asked = memberOptions(program().parse().opts<MemberFlags>(), process.env, process.pid);
  if (asked.kind === 'mistakes') {
    for (const mistake of asked.mistakes)
      process.stderr.write(`${wrapLines(`✗ ${mistake}`, process.stderr.columns)}\n`);
    return EXIT_USAGE;
  }
  return joinRehearsals({
    options: asked.options,
    version: await stampedeVersion(),
    say: (line) => console.log(wrapLines(line, process.stdout.columns)),
    stop: stopSignal(),
    monotonicMs: () => Number(process.hrtime.bigint()) / 1e6,
    wallMs: Date.now,
  });
}

await exitWith(main);
