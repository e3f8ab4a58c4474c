// The rows of the peers at one rate: CPU of a request of each, and the engine's beside it; a missing one is named.
import { type BenchContext, type BenchRow, missingReport, reported } from '../../bench.ts';
import type { StubShop } from '../../programs/stub-shop.ts';
import type { RequestLoad } from '../request-plan.ts';
import { findPeer, missingText } from './find-peer.ts';
import { measurePeer, type PeerFound } from './measure-peer.ts';
import { type Peer, peers } from './peers.ts';

export type PeerCost = { peer: Peer; found: PeerFound | { kind: 'missing' } };

/** Every peer once, one after the other. */
export async function measurePeers(about: {
  context: BenchContext;
  shop: StubShop;
  load: RequestLoad;
}): Promise<PeerCost[]> {
  const costs: PeerCost[] = [];
  for (const peer of peers) {
    const command = findPeer(peer);
    about.context.view.detail(`${about.load.requestsPerSecond} requests/s, ${peer.name}`);
    const found = command === null ? { kind: 'missing' as const } : await measurePeer(peer, command, about);
    costs.push({ peer, found });
  }
  return costs;
}

/** @param engineCpuMs of one request of the engine at this rate */
export function peerRows(
  requestsPerSecond: number,
  engineCpuMs: number,
  costs: readonly PeerCost[],
): BenchRow[] {
  return costs.flatMap((cost) => rowsOfPeer(requestsPerSecond, engineCpuMs, cost));
}

function rowsOfPeer(requestsPerSecond: number, engineCpuMs: number, { peer, found }: PeerCost): BenchRow[] {
  const at = `${peer.name}@${requestsPerSecond}`;
  const beside = `engine.cpuBeside.${at}`;
  switch (found.kind) {
    case 'missing':
      return [missingReport(beside, '×', missingText(peer))];
    case 'failed':
      return [missingReport(beside, '×', found.why)];
    case 'cost': {
      const note = peer.model === 'open' ? 'an open plan too' : 'closed, held back to the rate';
      return [
        { ...reported(beside, engineCpuMs / found.cpuMs, '×'), note },
        reported(`engine.cpuOf.${at}`, found.cpuMs * 1_000, 'µs/request'),
      ];
    }
  }
}
