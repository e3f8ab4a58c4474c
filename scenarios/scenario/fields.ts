// The fields that schemas of scenarios are made of.
import Type from 'typebox';

/** Marks what a scenario is, or plans with, and `--set` therefore does not reach. */
export const FIXED = { isFixed: true } as const;

/** Whole things, from `minimum` to `maximum`. */
export const Count = (minimum: number, maximum: number, description: string) =>
  Type.Integer({ minimum, maximum, description });
/** A number, from `minimum` to `maximum`. */
export const Amount = (minimum: number, maximum: number, description: string) =>
  Type.Number({ minimum, maximum, description });
