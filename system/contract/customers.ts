// People, their ways to sign in and their sessions, as outsiders see them.
import Type, { type Static } from 'typebox';
import { CustomerStatus, Gender, Grade, Id, Instant, Region, Role, VISIBLE_TEXT_PATTERN } from './common.ts';

const Email = Type.String({ format: 'email', maxLength: 254 });
const Password = Type.String({ minLength: 8, maxLength: 128 });

/** POST /customers. */
export const SignUpBody = Type.Object(
  {
    email: Email,
    password: Password,
    name: Type.String({ minLength: 1, maxLength: 60 }),
    nickname: Type.String({ minLength: 1, maxLength: 40 }),
    gender: Type.Union([Gender, Type.Null()]),
    birthYear: Type.Union([Type.Integer({ minimum: 1900, maximum: 2100 }), Type.Null()]),
    region: Region,
    marketingConsent: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type SignUpBody = Static<typeof SignUpBody>;

/** POST /sessions. */
export const SignInBody = Type.Object({ email: Email, password: Password }, { additionalProperties: false });
export type SignInBody = Static<typeof SignInBody>;

/**
 * POST /sessions/refresh. The refresh token is used up by this and a new one comes back. Whoever lost the answer may ask again
 * with the same token within 20 s and gets the same new one. A used token that comes later, or after its successor was used,
 * is held for stolen: it ends the session with all its tokens.
 * DELETE /sessions/current ends the session, with the access token or any refresh token of it as `Authorization: Bearer …`.
 */
export const RefreshBody = Type.Object(
  { refreshToken: Type.String({ minLength: 20, maxLength: 200 }) },
  { additionalProperties: false },
);
export type RefreshBody = Static<typeof RefreshBody>;

/** Answer of sign-up, sign-in and refresh. The access token goes into `Authorization: Bearer …`. */
export const SessionView = Type.Object({
  customerId: Id,
  accessToken: Type.String(),
  accessTokenExpiresInSeconds: Type.Integer(),
  refreshToken: Type.String(),
});
export type SessionView = Static<typeof SessionView>;

/** GET /me. */
export const CustomerView = Type.Object({
  id: Id,
  name: Type.String(),
  nickname: Type.String(),
  gender: Type.Union([Gender, Type.Null()]),
  birthYear: Type.Union([Type.Integer(), Type.Null()]),
  region: Region,
  email: Type.String(),
  status: CustomerStatus,
  marketingConsent: Type.Boolean(),
  grade: Grade,
  roles: Type.Array(Role),
  points: Type.Integer(),
  createdAt: Instant,
  lastOrderedAt: Type.Union([Instant, Type.Null()]),
});
export type CustomerView = Static<typeof CustomerView>;

const Name = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: VISIBLE_TEXT_PATTERN });

/**
 * PUT /me: what people may change of themselves, all of it; answers the CustomerView. E-mail, grade, points and roles are not among
 * it. Shipping and recommendations follow the region from the next order on.
 */
export const ChangeCustomerBody = Type.Object(
  {
    name: Name(60),
    nickname: Name(40),
    gender: Type.Union([Gender, Type.Null()]),
    birthYear: Type.Union([Type.Integer({ minimum: 1900, maximum: 2100 }), Type.Null()]),
    region: Region,
    marketingConsent: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type ChangeCustomerBody = Static<typeof ChangeCustomerBody>;

/** Where a customer's orders go. `detail` (flat, floor) may be empty. */
export const Address = Type.Object(
  {
    recipient: Name(60),
    phone: Type.String({ pattern: '^[0-9+ \\-]{8,20}$', maxLength: 20 }),
    postcode: Type.String({ pattern: '^[0-9]{5}$', maxLength: 5 }),
    street: Name(120),
    detail: Type.String({ maxLength: 80, pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$' }),
  },
  { additionalProperties: false },
);
export type Address = Static<typeof Address>;

/**
 * GET /me/address; null: none was given so far. PUT /me/address (an Address) keeps it in place of the one before, DELETE forgets it; both
 * answer 204. There is one for each customer, and nobody reads or changes another's. Orders keep it as it is when
 * they are decided (OrderDetails), whatever becomes of it.
 */
export const AddressView = Type.Object({ address: Type.Union([Address, Type.Null()]) });
export type AddressView = Static<typeof AddressView>;
