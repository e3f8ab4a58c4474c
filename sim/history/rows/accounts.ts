// How seeded people sign in: e-mail and refresh token follow from the person's id, so that the generator knows them
// without reading the database.
import { hash } from 'node:crypto';
import { SEEDED_ACCOUNTS_DOMAIN } from '../../../system/contract/tables.ts';

/** The password of every seeded account; test data, not a secret. */
export const SEEDED_PASSWORD = 'stampede-2000';

/** E-mail of the operator account that every data set has. */
export const OPERATOR_EMAIL = `operator@${SEEDED_ACCOUNTS_DOMAIN}`;

/** The e-mail that a seeded person signs in with, in lower case. */
export function emailOf(personId: number): string {
  return `person-${personId}@${SEEDED_ACCOUNTS_DOMAIN}`;
}

/** The e-mail of a person who signs up during a run with this seed; no seeded account has one like it. */
export function newcomerEmailOf(seed: number, index: number): string {
  return `newcomer-${seed}-${index + 1}@${SEEDED_ACCOUNTS_DOMAIN}`;
}

/**
 * The refresh token that the data set of this seed holds for a person: 43 characters of base64url. It works once: the
 * shop gives another in return.
 */
export function refreshTokenOf(seed: number, personId: number): string {
  return hash('sha256', `stampede refresh token ${seed} ${personId}`, 'base64url');
}

/** What the shop stores of a refresh token. */
export function refreshTokenHash(token: string): Buffer {
  // By way of hex: Node 24 takes longer to hand out a buffer.
  return Buffer.from(hash('sha256', token), 'hex');
}
