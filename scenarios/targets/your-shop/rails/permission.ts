// `/.well-known/stampede.txt`: by it the owner of a host says that a rehearsal may come, whose, how fast and until when. Lines of
// `name: value`; what begins with # is for people. Deleting it is the stop button.

/** Where every host but this machine serves it. */
export const PERMISSION_PATH = '/.well-known/stampede.txt';

export type Permission = {
  token: string;
  /** ms since 1970. */
  expiresMs: number;
  /** Session starts a second. */
  mostSessionsPerSecond: number;
};

export type ReadPermission =
  | { kind: 'ok'; permission: Permission }
  | { kind: 'mistakes'; mistakes: string[] };

const NEEDED = {
  token: 'the token of whoever rehearses',
  expires: 'a day or an instant, such as 2030-01-31 or 2030-01-31T12:00:00Z',
  'most-sessions-per-second': 'a number above 0',
} as const;

type Field = keyof typeof NEEDED;
const FIELDS = Object.keys(NEEDED) as Field[];

/** All that is wrong with it at once, each "NAME: found …. Needed: …". Names it does not know are left alone. */
export function readPermission(text: string): ReadPermission {
  const found = new Map<string, string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, name, value] = /^\s*([A-Za-z-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) found.set(name.toLowerCase(), value);
  }
  const token = found.get('token') ?? '';
  const expiresMs = instantOf(found.get('expires') ?? '');
  const mostSessionsPerSecond = Number(found.get('most-sessions-per-second') || Number.NaN);
  const isRight: Record<Field, boolean> = {
    token: token !== '',
    expires: !Number.isNaN(expiresMs),
    'most-sessions-per-second': Number.isFinite(mostSessionsPerSecond) && mostSessionsPerSecond > 0,
  };
  const mistakes = FIELDS.filter((field) => !isRight[field]).map((field) => {
    const value = found.get(field);
    return `${field}: found ${value === undefined || value === '' ? 'none' : value}. Needed: ${NEEDED[field]}.`;
  });
  return mistakes.length > 0
    ? { kind: 'mistakes', mistakes }
    : { kind: 'ok', permission: { token, expiresMs, mostSessionsPerSecond } };
}

/** A day counts to its end, in UTC; NaN for what is neither day nor instant. */
function instantOf(text: string): number {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Date.parse(`${text}T23:59:59.999Z`);
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
}

export type Wanted = {
  token: string;
  nowMs: number;
  /** The highest rate of the run. */
  sessionsPerSecond: number;
};

/** Why it does not permit what is wanted, a sentence each; none when it does. */
export function refusals(permission: Permission, { token, nowMs, sessionsPerSecond }: Wanted): string[] {
  const { expiresMs, mostSessionsPerSecond } = permission;
  return [
    ...(permission.token === token
      ? []
      : [
          'token: found that of somebody else. Needed: the token of this machine, or STAMPEDE_TOKEN set to the one there.',
        ]),
    ...(nowMs <= expiresMs
      ? []
      : [`expires: found ${new Date(expiresMs).toISOString()}, which is over. Needed: an instant to come.`]),
    ...(sessionsPerSecond <= mostSessionsPerSecond
      ? []
      : [
          `most-sessions-per-second: found ${mostSessionsPerSecond}, and the run would start up to ${sessionsPerSecond}. Needed: a lower rate (--sessions-per-second), or a higher number there.`,
        ]),
  ];
}

/** The file that an owner serves, with a word on how it ends a run. */
export function permissionText({ token, expiresMs, mostSessionsPerSecond }: Permission): string {
  return [
    '# Who has this token may rehearse this shop with Stampede. Delete the file to stop a rehearsal within seconds.',
    `token: ${token}`,
    `expires: ${new Date(expiresMs).toISOString()}`,
    `most-sessions-per-second: ${mostSessionsPerSecond}`,
    '',
  ].join('\n');
}
