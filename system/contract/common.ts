// Shapes and words that several parts of the contract share. The contract is all that outsiders may know of the shop.
import Type, { type Static } from 'typebox';

/** UUID of any version in its canonical form, lower case; orders carry a UUIDv7 made by the shopper. */
export const Uuid = Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' });

/** Something in the text that can be seen, and nothing that steers a terminal. */
export const VISIBLE_TEXT_PATTERN =
  '^[^\\u0000-\\u001f\\u007f-\\u009f]*[^\\s\\u0000-\\u001f\\u007f-\\u009f][^\\u0000-\\u001f\\u007f-\\u009f]*$';

/** Whole Korean won. */
export const Krw = Type.Integer();

/** RFC 3339 instant in UTC. */
export const Instant = Type.String({ format: 'date-time' });

/** Key of a person or product in the shop's database: a positive 32-bit integer. */
export const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });

export const Gender = Type.Union([Type.Literal('F'), Type.Literal('M')]);
export type Gender = Static<typeof Gender>;

export const Grade = Type.Union([
  Type.Literal('BRONZE'),
  Type.Literal('SILVER'),
  Type.Literal('GOLD'),
  Type.Literal('VIP'),
]);
export type Grade = Static<typeof Grade>;

export const CustomerStatus = Type.Union([
  Type.Literal('ACTIVE'),
  Type.Literal('DORMANT'),
  Type.Literal('WITHDRAWN'),
]);
export type CustomerStatus = Static<typeof CustomerStatus>;

export const Role = Type.Union([Type.Literal('customer'), Type.Literal('operator')]);
export type Role = Static<typeof Role>;

export const Region = Type.Enum([
  'Seoul',
  'Busan',
  'Daegu',
  'Incheon',
  'Gwangju',
  'Daejeon',
  'Ulsan',
  'Gyeonggi',
  'Gangwon',
  'Chungcheong',
  'Jeolla',
  'Gyeongsang',
  'Jeju',
]);
export type Region = Static<typeof Region>;

export const PaymentMethod = Type.Union([
  Type.Literal('card'),
  Type.Literal('naver'),
  Type.Literal('kakao'),
  Type.Literal('bank'),
]);
export type PaymentMethod = Static<typeof PaymentMethod>;

/** Problem details of RFC 9457, served as application/problem+json. `code` is stable and meant for programs. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
});
export type Problem = Static<typeof Problem>;
