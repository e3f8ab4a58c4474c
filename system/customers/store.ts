// SQL of people and their sign-in identities.
import type { Role } from '../contract/common.ts';
import type { ChangeCustomerBody, CustomerView, SignUpBody } from '../contract/customers.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';
import { sqlState } from '../platform/postgres/statement-faults.ts';
import { emailSubject } from './rules.ts';

export const PASSWORD_PROVIDER = 'password';
const UNIQUE_VIOLATION = '23505';

export type NewCustomer = Omit<SignUpBody, 'password'> & { secretHash: string; at: Date };
export type PasswordIdentity = { customerId: number; roles: Role[]; secretHash: string | null };

export type CustomerStore = {
  /** A person with a password identity, or `email-taken`. */
  create(customer: NewCustomer): Promise<{ customerId: number; roles: Role[] } | 'email-taken'>;
  /** Who signs in with this e-mail; null when nobody, or only somebody who has withdrawn. */
  findPasswordIdentity(email: string): Promise<PasswordIdentity | null>;
  find(customerId: number): Promise<CustomerView | null>;
  /** What people may change of themselves; null when there is no such customer. */
  change(customerId: number, to: ChangeCustomerBody): Promise<CustomerView | null>;
};

// One statement, so one transaction: without the identity there is no person either.
const CREATE = `
  WITH person AS (
    INSERT INTO customers (name, nickname, gender, birth_year, region, email, marketing_consent, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    RETURNING id, roles
  ), identity AS (
    INSERT INTO sign_in_identities (customer_id, provider, subject, secret_hash)
    SELECT id, $9, $10, $11 FROM person
  )
  SELECT id AS "customerId", roles FROM person`;

const FIND_IDENTITY = `
  SELECT customer.id AS "customerId", customer.roles, identity.secret_hash AS "secretHash"
    FROM sign_in_identities AS identity
    JOIN customers AS customer ON customer.id = identity.customer_id
   WHERE identity.provider = $1 AND identity.subject = $2 AND customer.status <> 'WITHDRAWN'`;

const COLUMNS = `
  id, name, nickname, gender, birth_year AS "birthYear", region, email, status, marketing_consent AS "marketingConsent", grade,
  roles, points, created_at AS "createdAt", last_ordered_at AS "lastOrderedAt"`;

const FIND = `SELECT ${COLUMNS} FROM customers WHERE id = $1`;

const CHANGE = `
  UPDATE customers
     SET name = $2, nickname = $3, gender = $4, birth_year = $5, region = $6, marketing_consent = $7
   WHERE id = $1
  RETURNING ${COLUMNS}`;

type CustomerRow = Omit<CustomerView, 'createdAt' | 'lastOrderedAt'> & {
  createdAt: Date;
  lastOrderedAt: Date | null;
};

const viewOf = (row: CustomerRow): CustomerView => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  lastOrderedAt: row.lastOrderedAt?.toISOString() ?? null,
});

export function createCustomerStore(database: Queryable): CustomerStore {
  return {
    async create(customer) {
      const { name, nickname, gender, birthYear, region, email, marketingConsent, at, secretHash } = customer;
      const person = [name, nickname, gender, birthYear, region, email, marketingConsent, at];
      const identity = [PASSWORD_PROVIDER, emailSubject(email), secretHash];
      try {
        const { rows } = await database.query<{ customerId: number; roles: Role[] }>({
          name: 'customer-create',
          text: CREATE,
          values: [...person, ...identity],
        });
        if (!rows[0]) throw new Error('The new customer was not returned, needed one row');
        return rows[0];
      } catch (error) {
        // The identity's key is the only unique one that a new person can hit.
        if (sqlState(error) === UNIQUE_VIOLATION) return 'email-taken';
        throw error;
      }
    },
    async findPasswordIdentity(email) {
      const { rows } = await database.query<PasswordIdentity>({
        name: 'customer-find-identity',
        text: FIND_IDENTITY,
        values: [PASSWORD_PROVIDER, emailSubject(email)],
      });
      return rows[0] ?? null;
    },
    async find(customerId) {
      const { rows } = await database.query<CustomerRow>({
        name: 'customer-find',
        text: FIND,
        values: [customerId],
      });
      return rows[0] ? viewOf(rows[0]) : null;
    },
    async change(customerId, { name, nickname, gender, birthYear, region, marketingConsent }) {
      const { rows } = await database.query<CustomerRow>({
        name: 'customer-change',
        text: CHANGE,
        values: [customerId, name, nickname, gender, birthYear, region, marketingConsent],
      });
      return rows[0] ? viewOf(rows[0]) : null;
    },
  };
}
