import { expect, test } from 'vitest';
import { findPrometheus } from './vitest-prometheus.ts';

test('both programs are where they are said to be, else on the PATH', () => {
  expect(findPrometheus({ PROMETHEUS_HOME: '/opt/p', PATH: '/usr/bin' }, () => true)).toEqual({
    prometheus: '/opt/p/prometheus',
    promtool: '/opt/p/promtool',
  });
  expect(findPrometheus({ PATH: '/bin::/usr/bin' }, (path) => path.startsWith('/usr/bin/'))).toEqual({
    prometheus: '/usr/bin/prometheus',
    promtool: '/usr/bin/promtool',
  });
});

test('a missing program is one line with what to do; a folder that is named is not replaced by another', () => {
  const advice =
    'needed one: apt-get install --no-install-recommends prometheus, or name the folder of both in PROMETHEUS_HOME';
  expect(findPrometheus({ PATH: '/bin' }, () => false)).toEqual({
    missing: `found no prometheus in PATH, ${advice}`,
  });
  const onPath = (path: string) => path.startsWith('/bin/') || path === '/opt/p/prometheus';
  expect(findPrometheus({ PROMETHEUS_HOME: '/opt/p', PATH: '/bin' }, onPath)).toEqual({
    missing: `found no promtool in /opt/p, ${advice}`,
  });
});
