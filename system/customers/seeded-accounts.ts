// A data set brings accounts whose password stands in Stampede's sources and whose refresh tokens follow from its seed. They
// are for this machine: the shop serves them to a network only when it is told so by name.
import { BlockList, isIP } from 'node:net';
import { SEEDED_ACCOUNTS_DOMAIN } from '../contract/tables.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';

/** The shop does not serve this data set where it was to listen; the message says the next step. */
export class SeededAccountsError extends Error {
  override name = 'SeededAccountsError';
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** Whether only this machine reaches who listens on the host. */
export function isLoopback(host: string): boolean {
  const version = isIP(host);
  if (version === 0) return host.toLowerCase() === 'localhost';
  return loopback.check(host, version === 4 ? 'ipv4' : 'ipv6');
}

// By what anybody can sign in with, not by a note of the loader: a copy of the tables is as public as the first load. Of a
// data set the first rows answer; a shop of one's own is read through once, when it starts.
const FIND = 'SELECT subject FROM sign_in_identities WHERE subject LIKE $1 LIMIT 1';

/** @throws SeededAccountsError when the database has such accounts and others than this machine would reach the shop */
export async function refuseSeededAccounts(
  { host, allowSeededAccounts }: { host: string; allowSeededAccounts: boolean },
  database: Queryable,
): Promise<void> {
  if (allowSeededAccounts || isLoopback(host)) return;
  const { rows } = await database.query<{ subject: string }>(FIND, [`%@${SEEDED_ACCOUNTS_DOMAIN}`]);
  if (!rows[0]) return;
  throw new SeededAccountsError(
    `The database holds a data set's accounts (found ${rows[0].subject}): their password is public and their refresh ` +
      `tokens can be computed. They were to be served on HOST=${host}; needed is a loopback address, or a database ` +
      'without them. Next: HOST=127.0.0.1, or another DATABASE_URL; where everybody who reaches that address may act as ' +
      'any customer and as the operator, SHOP_ALLOW_SEEDED_ACCOUNTS=1.',
  );
}
