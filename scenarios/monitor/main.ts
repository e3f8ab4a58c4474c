// `npm run monitor`: draws once a second how the cache of a running shop does, until Ctrl-C. Exit codes: 0 ended by Ctrl-C,
// 3 usage, or nothing to watch.
import { Command } from 'commander';
import { EXIT_USAGE, exitWith } from '../../deploy/local/programs/exit-with.ts';
import { stopSignal } from '../../deploy/local/programs/process-end.ts';
import { stampedeHome } from '../../deploy/local/programs/state-directory.ts';
import { createMonitorDisplay, monitor } from './monitor.ts';
import { createLookReader } from './read-look.ts';
import { chooseWatched, findOpen, type MonitorOptions } from './watched.ts';

const collect = (value: string, before: string[] = []): string[] => [...before, value];

function program(): Command {
  return new Command('npm run monitor --')
    .description('Watch the cache of a running shop, a line a second, until Ctrl-C.')
    .option(
      '--url <url>',
      'a process of the shop, asked for /metrics; may be given several times (default: that of npm run shop)',
      collect,
    )
    .option(
      '--redis <url>',
      'its Redis (default: REDIS_URL, that of npm run shop, or of the stack that is up)',
    )
    .option('--prefix <text>', 'prefix of its keys (default: REDIS_KEY_PREFIX, or that of npm run shop)')
    .exitOverride();
}

async function main(): Promise<number> {
  const options = program().parse().opts<MonitorOptions>();
  const watched = chooseWatched(options, process.env, findOpen(stampedeHome()));
  if (typeof watched === 'string') {
    process.stderr.write(`✗ ${watched}\n`);
    return EXIT_USAGE;
  }
  const signal = stopSignal();
  const reader = createLookReader(watched, Date.now);
  try {
    await monitor({ look: reader.look, display: createMonitorDisplay(process.stdout), signal });
  } finally {
    reader.close();
  }
  return 0;
}

await exitWith(main);
