// People, their ways to sign in and their sessions, as outsiders see them.
import Type, { type Static } from 'typebox';
import { CustomerStatus, Gender, Grade, Id, Instant, Region, Role } from './common.ts';

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
