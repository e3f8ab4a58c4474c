// Under which address generators of other machines reach a shop that is started here: the one from which this machine speaks to the
// brokers, for they all do.
import { connect } from 'node:net';

const WITHIN_MS = 5_000;
const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;

/**
 * Null where the brokers are on this machine itself: then so are the generators. STAMPEDE_SHOP_HOST goes before.
 * @throws Error where no broker takes a connection
 */
export async function shopHost(
  brokers: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<string | null> {
  const { STAMPEDE_SHOP_HOST: told = '' } = environment;
  if (told !== '') return told;
  const addresses = await Promise.allSettled(brokers.map(ownAddressTowards));
  const found = addresses.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const [first] = found;
  if (first === undefined)
    throw new Error(`No broker of ${brokers.join(', ')} takes a connection; needed: one at least.`);
  const own = found.find((address) => !LOOPBACK.test(address));
  return own === undefined ? null : own.replace(/^::ffff:/, '');
}

function ownAddressTowards(broker: string): Promise<string> {
  const at = broker.lastIndexOf(':');
  const host = broker.slice(0, at).replace(/^\[(.*)\]$/, '$1');
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(broker.slice(at + 1)), timeout: WITHIN_MS });
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    socket.once('error', fail);
    socket.once('timeout', () => fail(new Error(`${broker} did not answer within ${WITHIN_MS / 1_000} s`)));
    socket.once('connect', () => {
      resolve(socket.localAddress ?? '127.0.0.1');
      socket.destroy();
    });
  });
}
