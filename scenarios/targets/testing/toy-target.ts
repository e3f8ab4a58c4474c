// A target that sells nothing, to be planted in the table of targets: it gives sessions and answers whatever else is asked for.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ArrivalKind } from '../../scenario/arrivals.ts';
import type { RunningTarget, TargetKind } from '../target.ts';

/** What was done to it since the test's file began, in order. */
export const happened: string[] = [];

let auditsToBreak = 0;
/** So many of the audits that come next find something. */
export function breakAudits(count: number): void {
  auditsToBreak = count;
}

/** Gives sessions, and a page to whatever else is asked for. */
function startToy(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    const session = { customerId: 1, accessToken: 'a'.repeat(43), refreshToken: 'r'.repeat(43) };
    const isSession = request.url === '/sessions/refresh';
    response
      .writeHead(isSession ? 201 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(isSession ? { ...session, accessTokenExpiresInSeconds: 3_600 } : {}));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function runToy(): Promise<RunningTarget> {
  const server = await startToy();
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return {
    urls: [`http://127.0.0.1:${(server.address() as AddressInfo).port}`],
    pids: () => ({}),
    failed: new Promise<never>(() => undefined),
    backlogCount: null,
    async drain() {
      happened.push('drained');
    },
    async strike(fault) {
      happened.push(fault);
      return 'toy dropped';
    },
    async stop() {
      happened.push('stopped');
      await close();
    },
    async audit(attempts) {
      const claim = 'The toy is whole.';
      const violations: string[] = auditsToBreak-- > 0 ? ['it is broken'] : [];
      for await (const { kind } of attempts()) violations.push(`somebody left a ${kind}`);
      return [
        {
          rule: 'toy-is-whole',
          claim,
          ok: violations.length === 0,
          checkedCount: 1,
          violationCount: violations.length,
          violations,
        },
      ];
    },
  };
}

/** @param axes what of it a scenario may vary */
export function toyTarget(axes: TargetKind['axes'] = []): TargetKind {
  return {
    faults: { drop: { label: 'toy dropped' } },
    axes,
    auditFailed: 'the toy broke',
    notes: () => ['A toy is no shop.'],
    fingerprint: async () => 'toy',
    dataSetState: async () => 'needs none',
    async prepare() {
      happened.push('prepared');
      return { services: [], fingerprint: 'toy', open: async () => ({ start: runToy }) };
    },
  };
}

/** The module of arrivals with sessions that are single requests: a toy sells nothing. */
export function arrivalsOfRequests(real: typeof import('../../scenario/arrivals.ts')) {
  const { sessions } = real.arrivalKinds;
  const requests: ArrivalKind = { ...sessions, script: 'request', placesOrders: false, busyMs: () => 50 };
  return { ...real, arrivalKinds: { ...real.arrivalKinds, sessions: requests } };
}
