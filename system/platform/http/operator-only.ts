// Routes that are the operator's: health and metrics. They are answered to this machine and to private networks, where
// Prometheus and container engines ask from, and to nobody who comes through a balancer.
import { BlockList, isIPv6 } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';

const PRIVATE_NETWORKS = [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const;

const privateAddresses = new BlockList();
for (const [network, prefix] of PRIVATE_NETWORKS) {
  privateAddresses.addSubnet(network, prefix, isIPv6(network) ? 'ipv6' : 'ipv4');
}

/** An onRequest hook: everybody else is told that there is no such route. */
export async function operatorOnly(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  // The address of the connection itself; what a header says about it anybody can write.
  const ip = request.socket.remoteAddress ?? '';
  const isNear = privateAddresses.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
  const isForwarded = request.headers['x-forwarded-for'] !== undefined || 'forwarded' in request.headers;
  return isNear && !isForwarded ? undefined : reply.callNotFound();
}
