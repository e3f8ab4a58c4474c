import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createProcessSampler, parseCpuTimes, parseProcessStat } from './process-sampler.ts';

describe('the process sampler', () => {
  it('reads a process whose name holds spaces and parentheses', () => {
    const fields = ['S', '17', ...Array(9).fill('0'), '250', '50', '7', '3', ...Array(6).fill('0'), '1000'];
    expect(parseProcessStat(`42 (a (b) c) ${fields.join(' ')} 0 0`)).toEqual({
      ticks: 300,
      endedTicks: 10,
      residentPages: 1_000,
    });
  });

  it('reads the time that the hypervisor took', () => {
    expect(parseCpuTimes('cpu  10 0 20 60 0 0 0 10 0 0\ncpu0 1 2\n')).toEqual({ total: 100, steal: 10 });
  });

  it.runIf(process.platform === 'linux')('sees this process use CPU and memory', () => {
    let nowMs = 0;
    const sampler = createProcessSampler(() => nowMs);
    sampler.sample({ self: [process.pid] });
    const deadline = process.cpuUsage().user + 100_000;
    while (process.cpuUsage().user < deadline) Math.sqrt(nowMs);
    nowMs = 1_000;
    const sample = sampler.sample({ self: [process.pid], gone: [2 ** 22 + 1] });
    expect(sample.cpuRatios.self).toBeGreaterThan(0.05);
    expect(sample.memoryBytes.self).toBeGreaterThan(10_000_000);
    expect(sample.cpuRatios.gone).toBe(0);
  });

  it.runIf(process.platform === 'linux')(
    'counts a child with its parent unless it has a name of its own',
    async () => {
      const program = 'process.stdout.write("up"); process.stdin.resume()';
      const child = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'ignore'] });
      await once(child.stdout, 'data');
      try {
        const sampler = createProcessSampler(() => 0);
        const pid = child.pid ?? 0;
        const together = sampler.sample({ self: [process.pid] }).memoryBytes.self ?? 0;
        const apart = sampler.sample({ self: [process.pid], child: [pid] }).memoryBytes;
        expect(apart.child).toBeGreaterThan(0);
        expect(together).toBeGreaterThan(apart.self ?? 0);
      } finally {
        child.kill();
      }
    },
  );

  it.runIf(process.platform === 'linux')(
    'does not take the time of a watched child that has ended for its parent’s',
    async () => {
      const burns =
        'const end = process.cpuUsage().user + 3e5; while (process.cpuUsage().user < end); process.stdin.resume(); process.stdout.write("done")';
      const child = spawn(process.execPath, ['-e', burns], { stdio: ['pipe', 'pipe', 'ignore'] });
      let nowMs = 0;
      const sampler = createProcessSampler(() => nowMs);
      const watched = { self: [process.pid], child: [child.pid ?? 0] };
      sampler.sample(watched);
      await once(child.stdout, 'data');
      child.stdin.end();
      await once(child, 'exit');
      nowMs = 1_000;
      expect(sampler.sample(watched).cpuRatios.self).toBeLessThan(0.9);
    },
  );
});
