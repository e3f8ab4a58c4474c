// Signs people of the data set in, by the refresh token that it holds for each.
import type { Pool } from 'undici';
import { refreshTokenOf } from '../../../sim/history/rows/accounts.ts';
import type { SessionView } from '../../../system/contract/customers.ts';

/**
 * @param seed of the data set
 * @returns the access token
 * @throws Error with the shop's answer when the customer is not let in
 */
export async function signIn(pool: Pool, seed: number, customerId: number): Promise<string> {
  const { statusCode, body } = await pool.request({
    method: 'POST',
    path: '/sessions/refresh',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refreshToken: refreshTokenOf(seed, customerId) }),
  });
  const said = await body.text();
  if (statusCode >= 300)
    throw new Error(
      `customer ${customerId} was not signed in: POST /sessions/refresh answered ${statusCode}: ${said.slice(0, 200)}`,
    );
  return (JSON.parse(said) as SessionView).accessToken;
}
