// Products and people that the generator sent to the shop's topics, as the audit knows them.
import type { ArrivalAttempt } from '../../../sim/adapters/our-shop/attempts.ts';
import { attemptTable, auditedKind } from '../rules/attempt-kind.ts';
import { peopleArriveOnce } from './people-arrive-once.ts';
import { productsArriveOnce } from './products-arrive-once.ts';

type ProductArrival = Extract<ArrivalAttempt, { kind: 'product-arrival' }>;
type UserArrival = Extract<ArrivalAttempt, { kind: 'user-arrival' }>;

const products = attemptTable({
  name: 'product_arrivals',
  rowsOf: (attempt: ProductArrival) => [attempt],
  columns: {
    id: ['uuid NOT NULL', ({ id }) => id],
    answer: ['text NOT NULL', ({ answer }) => answer],
    category_id: ['integer', ({ product }) => product.categoryId],
    name: ['text', ({ product }) => product.name],
    price_krw: ['integer', ({ product }) => product.priceKrw],
    list_price_krw: ['integer', ({ product }) => product.listPriceKrw],
    stock_count: ['integer', ({ product }) => product.stockCount],
    registered_at: ['timestamptz', ({ product }) => product.registeredAt],
  },
  indexed: ['id'],
});

const people = attemptTable({
  name: 'user_arrivals',
  rowsOf: (attempt: UserArrival) => [attempt],
  columns: {
    id: ['uuid NOT NULL', ({ id }) => id],
    answer: ['text NOT NULL', ({ answer }) => answer],
    email: ['text', ({ user }) => user.email],
    name: ['text', ({ user }) => user.name],
    nickname: ['text', ({ user }) => user.nickname],
    gender: ['text', ({ user }) => user.gender],
    birth_year: ['integer', ({ user }) => user.birthYear],
    region: ['text', ({ user }) => user.region],
    marketing_consent: ['boolean', ({ user }) => user.marketingConsent],
    registered_at: ['timestamptz', ({ user }) => user.registeredAt],
  },
  indexed: ['id'],
});

export const productArrivals = auditedKind<ProductArrival>('product-arrival', {
  tables: [products],
  rules: [productsArriveOnce],
});

export const userArrivals = auditedKind<UserArrival>('user-arrival', {
  tables: [people],
  rules: [peopleArriveOnce],
});
