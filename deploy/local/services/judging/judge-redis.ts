// Whether somebody's Redis can bear a run: its version, whether its user may send the commands that the shop and the clean-up
// send, whether it may throw keys away. Asks for nothing else, so a user with the least rights is enough.
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { type Judgement, ServiceProblem } from './service-problem.ts';

/** What the shop is tested with; older ones know neither GETDEL's kin nor the access lists that are advised here. */
export const LEAST_REDIS = 7;
const CONNECT_MS = 5_000;
/** Runs name their keys and channels so. */
const PREFIX = 'stampede:';

const COUNT_SCRIPT = `redis.call('INCR', KEYS[1]); redis.call('PEXPIRE', KEYS[1], 1000); return redis.call('PTTL', KEYS[1])`;

/** Every command that shop and clean-up use, on keys that are gone after it. The subscriptions come last. */
function trials(key: string): [command: string, ...args: (string | number)[]][] {
  return [
    ['ping'],
    ['set', key, '1', 'EX', 10],
    ['get', key],
    ['getdel', key],
    ['multi'],
    ['zadd', key, 1, 'a'],
    ['zremrangebyscore', key, '-inf', 0],
    ['zcard', key],
    ['zrange', key, 0, 0, 'WITHSCORES'],
    ['pexpire', key, 10_000],
    ['exec'],
    ['zrem', key, 'a'],
    ['eval', COUNT_SCRIPT, 1, key],
    ['evalsha', '0'.repeat(40), 1, key],
    ['del', key],
    ['scan', 0, 'MATCH', `${key}*`, 'COUNT', 1],
    ['unlink', key],
    ['publish', key, ''],
    ['subscribe', key],
    ['psubscribe', `${key}*`],
  ];
}

/**
 * Judges the server at a URL; `settings` are those that a probe could read.
 * @throws ServiceProblem with everything that hinders a run
 */
export async function judgeRedis(
  url: string,
  version: string,
  settings: Readonly<Record<string, string>>,
): Promise<Judgement> {
  const problems: string[] = [];
  if (Number.parseInt(version, 10) < LEAST_REDIS) {
    problems.push(`It is Redis ${version}; needed is ${LEAST_REDIS} or newer.`);
  }
  const refused = await refusals(url);
  if (refused.commands.length > 0) {
    const rights = refused.commands.map((command) => `+${command}`).join(' ');
    problems.push(
      `Its user may not send ${refused.commands.join(', ').toUpperCase()}; needed: ACL SETUSER … ${rights}.`,
    );
  }
  if (refused.keys) {
    problems.push(`Its user may not use keys that begin with ${PREFIX}; needed: ACL SETUSER … ~${PREFIX}*.`);
  }
  if (refused.channels) {
    // A pattern that is subscribed to must be in the list word for word.
    problems.push(`Its user may not use channels that begin with ${PREFIX}; needed: ACL SETUSER … &*.`);
  }
  if (problems.length > 0) throw new ServiceProblem(problems.join(' '));
  return { url, notes: evictionNote(settings) };
}

function evictionNote({
  maxmemory = '0',
  'maxmemory-policy': policy = 'noeviction',
}: Readonly<Record<string, string>>) {
  if (policy === 'noeviction' || maxmemory === '0') return [];
  return [
    `Redis throws keys away when it is full (maxmemory-policy ${policy} at ${maxmemory} bytes): shoppers may lose their sessions in mid-run; noeviction would not.`,
  ];
}

type Refusals = { commands: string[]; keys: boolean; channels: boolean };

async function refusals(url: string): Promise<Refusals> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    commandTimeout: CONNECT_MS,
    // It asks INFO, which nobody needs to allow.
    enableReadyCheck: false,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  const refused: Refusals = { commands: [], keys: false, channels: false };
  try {
    await redis.connect();
    for (const [command, ...args] of trials(`${PREFIX}probe-${randomBytes(6).toString('hex')}:`)) {
      const refusal = await redis.call(command, ...args).then(
        () => '',
        (error: Error) => error.message,
      );
      if (!/^NOPERM|can't run this command/.test(refusal)) continue;
      if (/channel/.test(refusal)) refused.channels = true;
      else if (/access .*key/.test(refusal)) refused.keys = true;
      else refused.commands.push(command);
    }
    return refused;
  } finally {
    redis.disconnect();
  }
}
