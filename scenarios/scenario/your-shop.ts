// Somebody's own shop, as a scenario that is rehearsed against it names it.
import Type, { type Static } from 'typebox';
import { FIXED } from './fields.ts';

export const YourShop = Type.Object(
  {
    /** Absolute path of the file that says how shoppers use it. */
    file: Type.String(),
    /** Its origin, such as https://my.shop. */
    url: Type.String(),
    /** Rows of its file of people: no more of them are there than so many. Left out: guests, as many as come. */
    accountCount: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false, ...FIXED },
);
export type YourShop = Static<typeof YourShop>;
