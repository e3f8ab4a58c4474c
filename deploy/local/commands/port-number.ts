// A port on the command line that a browser will open.
import { InvalidArgumentError } from 'commander';
import { isFree } from '../programs/free-ports.ts';
import { StackError } from '../programs/stack-error.ts';

/** Ports of other services, which browsers and fetch refuse: https://fetch.spec.whatwg.org/#port-blocking */
const BLOCKED = new Set([
  ...[
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  ],
  ...[
    109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  ],
  ...[526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049],
  ...[3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080],
]);

/** The port that the text names; throws commander's error, which names the option, for one that cannot be opened. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new InvalidArgumentError(`found "${text}", needs a port from 1 to 65535.`);
  if (BLOCKED.has(port))
    throw new InvalidArgumentError(
      `found ${port}, which browsers refuse to open (it belongs to another service); needs another port, such as 3000.`,
    );
  return port;
}

/** Throws where something listens on this port of 127.0.0.1 already, or this account may not. */
export async function refuseTakenPort(port: number | undefined): Promise<void> {
  if (port === undefined || (await isFree(port))) return;
  throw new StackError(
    `--port is ${port}, where this account cannot listen on 127.0.0.1: something listens there already, or it takes root. Name another one, or leave it out.`,
  );
}
