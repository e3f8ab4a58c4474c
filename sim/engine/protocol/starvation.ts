// What a generator can run out of. None of it is the shop's doing: where it happens the figures are the generator's, and the
// run says what was lacking and how to get more of it.

/** What lacks, by the code of the system call that was refused; `heap` is the limit of Node's own memory. */
const LACKS = {
  EMFILE: {
    what: 'file descriptors',
    advice: 'Allow more with `ulimit -n 65536` in the shell that starts the run, or lower the rate',
  },
  ENFILE: {
    what: 'file descriptors of the whole machine',
    advice: 'Allow more with `sysctl fs.file-max`, or end what else holds files and sockets',
  },
  EADDRNOTAVAIL: {
    what: 'local ports',
    advice:
      'Widen the range with `sysctl -w net.ipv4.ip_local_port_range="1024 65535"`, or use more API processes',
  },
  ENOMEM: { what: 'memory', advice: 'Give the machine more memory, or lower the rate' },
  ENOBUFS: {
    what: 'buffers of the network',
    advice: 'Give the machine more memory for sockets, or lower the rate',
  },
  heap: {
    what: 'memory of its own',
    advice: 'Allow more with `NODE_OPTIONS=--max-old-space-size=8192`, or lower the rate',
  },
} as const;

export type StarvationCode = keyof typeof LACKS;

/** Share of Node's heap limit from which on collecting garbage takes the time that the load needs. */
export const STARVED_HEAP_RATIO = 0.9;

function isStarvationCode(code: unknown): code is StarvationCode {
  return typeof code === 'string' && Object.hasOwn(LACKS, code);
}

/**
 * What the generator lacked when this error came, null when it was something else. Errors that wrap another (socket.io's
 * carry the one of the connection in `description`) are looked into.
 */
export function starvationOf(error: unknown): StarvationCode | null {
  for (let inner: unknown = error, depth = 0; depth < 4; depth += 1) {
    if (typeof inner !== 'object' || inner === null) return null;
    if ('code' in inner && isStarvationCode(inner.code)) return inner.code;
    inner = innerOf(inner);
  }
  return null;
}

function innerOf(error: object): unknown {
  if ('cause' in error && error.cause !== undefined) return error.cause;
  if ('description' in error) return error.description;
  return 'error' in error ? error.error : undefined;
}

/** "The generator ran out of file descriptors (EMFILE, 39 times). Allow more with …, and run again." */
export function starvationSentence(code: StarvationCode, count: number): string {
  const { what, advice } = LACKS[code];
  const times = count === 1 ? 'once' : `${count} times`;
  return `The generator ran out of ${what} (${code}, ${times}). ${advice}, and run again.`;
}

/** A sentence for each thing that was lacking. */
export function starvationSentences(starved: Partial<Record<StarvationCode, number>>): string[] {
  return Object.entries(starved).flatMap(([code, count]) =>
    isStarvationCode(code) ? [starvationSentence(code, count)] : [],
  );
}
