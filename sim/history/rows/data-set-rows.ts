// The rows of a data set, table by table, from the model's people and products.

import type { Product } from '../../model/catalogue/catalogue.ts';
import { CATEGORIES, categoryOf } from '../../model/catalogue/categories.ts';
import type { Person } from '../../model/person.ts';
import { emailOf, OPERATOR_EMAIL, refreshTokenHash, refreshTokenOf } from './accounts.ts';
import type { Row } from './copy-rows.ts';
import { describePerson } from './describe-person.ts';

/** Refresh tokens outlive the data set's instant by this much, so that an old template never fails. */
export const REFRESH_TOKEN_LIFETIME_MS = 30 * 24 * 3_600_000;

/** What everybody may do, and how everybody signs in. */
export const CUSTOMER_ROLES = ['customer'] as const;
export const PASSWORD_PROVIDER = 'password';

export function* categoryRows(): Generator<Row<'categories'>> {
  for (const { id, koreanName } of CATEGORIES) yield { id, name: koreanName };
}

/** `soldCount` pieces were sold before: they were stocked once as well. */
export function productRow(product: Product, soldCount: number): Row<'products'> {
  return {
    id: product.id,
    category_id: product.categoryId,
    name: product.name,
    description: product.description,
    tags: product.tags,
    price_krw: product.priceKrw,
    list_price_krw: product.listPriceKrw,
    stock_count: product.stockCount,
    stocked_count: product.stockCount + soldCount,
    order_count: product.orderCount,
    sold_out: product.soldOut,
    image: `/images/categories/${categoryOf(product.categoryId).key}.svg`,
    registered_at: new Date(product.registeredAtMs),
  };
}

export function customerRow(person: Person, seed: number): Row<'customers'> {
  return {
    id: person.id,
    ...describePerson(person, seed),
    gender: person.gender,
    birth_year: person.birthYear,
    region: person.region,
    email: emailOf(person.id),
    status: person.status,
    marketing_consent: person.marketingConsent,
    grade: person.grade,
    roles: CUSTOMER_ROLES,
    points: person.points,
    created_at: new Date(person.createdAtMs),
    last_ordered_at: person.lastOrderedAtMs === null ? null : new Date(person.lastOrderedAtMs),
  };
}

/** The shop's operator, an account like any other with another role. */
export function operatorRow(id: number, asOf: Date): Row<'customers'> {
  return {
    id,
    name: '운영자',
    nickname: '운영자',
    gender: null,
    birth_year: null,
    region: 'Seoul',
    email: OPERATOR_EMAIL,
    status: 'ACTIVE',
    marketing_consent: false,
    grade: 'BRONZE',
    roles: ['operator'],
    points: 0,
    created_at: asOf,
    last_ordered_at: null,
  };
}

export function identityRow(
  customerId: number,
  subject: string,
  secretHash: string,
): Row<'sign_in_identities'> {
  return { customer_id: customerId, provider: PASSWORD_PROVIDER, subject, secret_hash: secretHash };
}

export function refreshTokenRow(personId: number, seed: number, asOf: Date): Row<'refresh_tokens'> {
  return {
    token_hash: refreshTokenHash(refreshTokenOf(seed, personId)),
    customer_id: personId,
    expires_at: new Date(asOf.getTime() + REFRESH_TOKEN_LIFETIME_MS),
  };
}
