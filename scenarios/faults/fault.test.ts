import { describe, expect, it } from 'vitest';
import { brokerCountFor, readFault } from './fault.ts';
import { recoverySeconds } from './recovery.ts';
import { whyNot } from './strike.ts';

const row = (second: number, requestsFailed = 0, kafkaLagCount: number | null = 0) => ({
  second,
  requestsFailed,
  kafkaLagCount,
});

describe('a fault on the command line', () => {
  it('strikes in the middle unless told when', () => {
    expect(readFault('api-kill')).toEqual({ name: 'api-kill', atRatio: 0.5 });
    expect(readFault('broker-kill@25%')).toEqual({ name: 'broker-kill', atRatio: 0.25 });
  });

  it('is refused with the nearest name, or with the share that is needed', () => {
    expect(readFault('broker-kil@50%')).toContain('Did you mean `broker-kill`?');
    expect(readFault('api-kill@150%')).toContain('Needed: a share of the measured span');
    expect(readFault('api-kill@soon')).toContain('found soon');
  });

  it('takes three brokers to kill one', () => {
    expect(brokerCountFor({ name: 'broker-kill', atRatio: 0.5 })).toBe(3);
    expect(brokerCountFor(undefined)).toBe(1);
  });

  it('is not done to a service that somebody else runs', () => {
    const theirs = {
      name: 'postgres' as const,
      origin: 'environment' as const,
      version: '18',
      pid: null,
      pids: [],
      startedInMs: null,
      settings: {},
    };
    expect(whyNot('database-restart', [theirs])).toContain('is not ours');
    expect(whyNot('database-restart', [{ ...theirs, pids: [1] }])).toBeNull();
    expect(whyNot('redis-flush', [theirs])).toBeNull();
  });
});

describe('the time to recover', () => {
  const quiet = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => row(from + i));

  it('is nothing when nothing failed', () => {
    expect(recoverySeconds(quiet(0, 60), 30)).toBe(0);
  });

  it('runs to the end of the last second with a failure', () => {
    expect(recoverySeconds([...quiet(0, 31), row(31, 4), row(32, 0), row(33, 1), ...quiet(34, 60)], 30)).toBe(
      4,
    );
  });

  it('counts a backlog as trouble until it is no deeper than before', () => {
    const rows = [
      row(0, 0, 3),
      ...quiet(1, 30),
      row(30, 0, 80),
      row(31, 0, 40),
      row(32, 0, 3),
      ...quiet(33, 60),
    ];
    expect(recoverySeconds(rows, 30)).toBe(2);
  });

  it('is unknown when the trouble reaches to the end', () => {
    expect(recoverySeconds([...quiet(0, 57), row(57, 1), row(58), row(59)], 30)).toBeNull();
  });

  it('leaves trouble before the fault alone', () => {
    expect(recoverySeconds([row(0, 5), ...quiet(1, 60)], 30)).toBe(0);
  });
});
