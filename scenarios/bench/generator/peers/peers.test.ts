// The reports are shortened from real runs of vegeta 12.13, autocannon 8, artillery 2.0.21 and Locust 2.47 against a stub.
import { describe, expect, it } from 'vitest';
import { findPeer, missingText } from './find-peer.ts';
import { judgePeer } from './measure-peer.ts';
import { peerRows } from './peer-rows.ts';
import { type Peer, peers } from './peers.ts';

function peer(name: string): Peer {
  const found = peers.find((own) => own.name === name);
  if (found === undefined) throw new Error(`there is no peer ${name}`);
  return found;
}

const REPORTS: Record<string, string> = {
  vegeta:
    '{"latencies":{"mean":1448332},"duration":2979417982,"wait":589989,"requests":150,"rate":50.34540333253583,"throughput":50.33543583095335,"success":0.98,"status_codes":{"200":147,"503":3},"errors":["503 Service Unavailable"]}\n',
  autocannon:
    'a warning of node\n{"url":"http://127.0.0.1:18999/products/1","connections":10,"duration":3.11,"errors":1,"timeouts":1,"non2xx":2,"2xx":200,"requests":{"average":66.67,"total":200,"sent":240}}\n',
  artillery:
    '{"aggregate":{"counters":{"vusers.created":150,"http.requests":150,"http.codes.200":147,"http.responses":150,"vusers.failed":3,"vusers.completed":147}},"intermediate":[]}',
  locust: `[2026-11-27 20:30:48,459] vm/INFO/locust.main: Starting Locust 2.47.0
[
    {
        "name": "/products/1",
        "method": "GET",
        "num_requests": 135,
        "num_failures": 4,
        "response_times": {
            "2": 39
        },
        "num_fail_per_sec": {}
    }
]
Type     Name     # reqs      # fails |    Avg
`,
};

describe('the report of a peer', () => {
  it.each([
    ['vegeta', { sentCount: 150, failedCount: 3 }],
    ['autocannon', { sentCount: 240, failedCount: 3 }],
    ['artillery', { sentCount: 150, failedCount: 3 }],
    ['locust', { sentCount: 135, failedCount: 4 }],
  ])('of %s says what was sent and what failed', (name, report) => {
    expect(peer(name).read(REPORTS[name] ?? '')).toEqual(report);
  });

  it('that is not what is expected is no report', () => {
    expect(() => peer('vegeta').read('{"requests":"many"}')).toThrow(
      'requests: found many, needed a number.',
    );
    expect(() => peer('locust').read('Traceback')).toThrow('needed a number');
  });
});

it('each is asked for the same rate, path and length', () => {
  const load = { requestsPerSecond: 2_000, leadInMs: 2_500, durationMs: 4_000, peopleCount: 1, seed: 1 };
  const run = { url: 'http://127.0.0.1:1', folder: '/nowhere', load, seconds: 9 };
  const told = peers.map((own) => [...own.args(run), ...Object.values(own.files(run))].join(' '));
  expect(told[0]).toMatch(/-rate=2000\/1s -duration=9s .*GET http:\/\/127\.0\.0\.1:1\/products\/1/);
  expect(told[1]).toMatch(/"duration":9,"arrivalRate":2000.*\/products\/1/);
  expect(told[2]).toMatch(/--overallRate=2000 --duration=9 .*\/products\/1/);
  expect(told[3]).toMatch(/--users 100 .*--run-time 9s [\s\S]*constant_throughput\(20\)[\s\S]*\/products\/1/);
});

it('is found on PATH, or else with npm where npm may have it, and named where it is missing', () => {
  const machine = (files: string[], npm: string[]) => ({
    path: '/a:/b',
    exists: (file: string) => files.includes(file),
    npmHas: (name: string) => npm.includes(name),
  });
  expect(findPeer(peer('vegeta'), machine(['/b/vegeta'], []))).toEqual(['/b/vegeta']);
  expect(findPeer(peer('artillery'), machine([], ['artillery']))).toEqual([
    'npx',
    '--no-install',
    'artillery',
  ]);
  expect(findPeer(peer('locust'), machine([], ['locust']))).toBeNull();
  const rows = peerRows(500, 0.2, [
    { peer: peer('locust'), found: { kind: 'missing' } },
    { peer: peer('autocannon'), found: { kind: 'cost', cpuMs: 0.1 } },
    { peer: peer('artillery'), found: { kind: 'failed', why: 'it reached 310 requests/s' } },
  ]);
  expect(rows.map(({ name, value, note }) => [name, value, note])).toEqual([
    ['engine.cpuBeside.locust@500', null, `not run: ${missingText(peer('locust'))}`],
    ['engine.cpuBeside.autocannon@500', 2, 'closed, held back to the rate'],
    ['engine.cpuOf.autocannon@500', 100, undefined],
    ['engine.cpuBeside.artillery@500', null, 'not run: it reached 310 requests/s'],
  ]);
});

it('costs what its processes used by the requests that the stub answered, if it kept to the rate', () => {
  const spent = { cpuMs: 800, elapsedMs: 4_000, answeredCount: 2_000 };
  const whole = { sentCount: 3_000, failedCount: 0 };
  expect(judgePeer(500, spent, whole)).toEqual({ kind: 'cost', cpuMs: 0.4 });
  expect(judgePeer(600, spent, whole)).toEqual({ kind: 'failed', why: 'it reached 500 requests/s' });
  expect(judgePeer(500, spent, { sentCount: 3_000, failedCount: 40 })).toEqual({
    kind: 'failed',
    why: '40 of its 3000 requests failed',
  });
});
