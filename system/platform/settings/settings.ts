// What a setting is, and how a table of settings is read from the environment: whole, with all errors at once. The tables
// stand with those whose settings they are: settings/config.ts for the platform's, each feature's feature.ts for its own.
import type { ShopEnvironment } from '../../contract/processes.ts';
import { isWholeUrl, withoutPassword } from './url-text.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A value, or in words what would have been one; `problems` are whole lines about other variables read with it. */
export type Parsed<T> = { value: T } | { needed: string } | { problems: string[] };

export type Setting<T, Variable extends string = string> = {
  variable: Variable;
  /** Text that stands in for a missing or empty variable; without it the variable is required. */
  fallback?: string;
  meaning: string;
  /** Further variables that `parse` reads, each with its meaning. */
  with?: Readonly<Record<string, string>>;
  parse(text: string, environment: Environment): Parsed<T>;
};

/** A table of settings, by the name that each has in the program. */
export type SettingsTable<Own = Record<string, unknown>, Variable extends string = string> = {
  readonly [Key in keyof Own]: Setting<Own[Key], Variable>;
};

/** As SettingsTable, with variables that are published in contract/processes.ts. */
export type ShopSettings<Own> = SettingsTable<Own, keyof ShopEnvironment>;

/** The values that a table gives. */
export type ValuesOf<Table> = {
  readonly [Key in keyof Table]: Table[Key] extends Setting<infer Value> ? Value : never;
};

export const anyText = (text: string): Parsed<string> => ({ value: text });

export const pattern =
  (shape: RegExp, needed: string) =>
  (text: string): Parsed<string> =>
    shape.test(text) ? { value: text } : { needed };

export const url =
  (...protocols: string[]) =>
  (text: string): Parsed<string> =>
    protocols.some((protocol) => text.startsWith(`${protocol}//`)) && isWholeUrl(text)
      ? { value: text }
      : {
          needed: `a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}, its password percent-encoded`,
        };

export const integer =
  (least: number, most: number) =>
  (text: string): Parsed<number> => {
    const value = Number(text);
    return /^\d+$/.test(text) && value >= least && value <= most
      ? { value }
      : { needed: `a whole number from ${least} to ${most}` };
  };

export const oneOf =
  <T extends string>(allowed: readonly T[]) =>
  (text: string): Parsed<T> => {
    const value = allowed.find((candidate) => candidate === text);
    return value === undefined ? { needed: `one of ${allowed.join(', ')}` } : { value };
  };

export const splitList = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** On by `1`, off when left out; a word like "yes" is no answer to a question of safety. */
export const flag = (text: string): Parsed<boolean> =>
  text === '' || text === '1' ? { value: text === '1' } : { needed: '1 or nothing' };

/** A fault that somebody left behind must not harm a real shop, so it takes a second variable and no production. */
export function planted(text: string, environment: Environment, most: number): Parsed<number> {
  const parsed = integer(0, most)(text);
  if (!('value' in parsed) || parsed.value === 0) return parsed;
  if (environment.NODE_ENV === 'production') return { needed: '0, because NODE_ENV is production' };
  return environment.SHOP_TESTING === '1'
    ? parsed
    : { needed: '0, or SHOP_TESTING=1 beside it: a fault is planted only to test a measurement' };
}

function readSetting<T>(setting: Setting<T>, environment: Environment): { value: T } | { needed: string } {
  const found = environment[setting.variable];
  const text = found === undefined || found === '' ? setting.fallback : found;
  const parsed =
    text === undefined ? setting.parse('', environment) : setting.parse(text.trim(), environment);
  if ('value' in parsed) return parsed;
  if ('problems' in parsed) return { needed: parsed.problems.join('\n') };
  const shown = found === undefined ? 'nothing' : `"${withoutPassword(found)}"`;
  return { needed: `${setting.variable}: found ${shown}, needed ${parsed.needed}` };
}

/**
 * Reads the settings of a table, whose values the caller names: it is put together from those of the features.
 * @throws Error with one line for each variable that is missing or wrong.
 */
export function readTable<Values extends object>(table: SettingsTable, environment: Environment): Values {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [key, setting] of Object.entries(table)) {
    const parsed = readSetting(setting, environment);
    if ('value' in parsed) values[key] = parsed.value;
    else problems.push(parsed.needed);
  }
  if (problems.length > 0) throw new Error(`The shop's settings are not usable:\n${problems.join('\n')}`);
  return Object.freeze(values as Values);
}

/** One line for each variable, for `--help`. */
export function describeTable(table: SettingsTable): string {
  return Object.values(table)
    .flatMap(({ variable, fallback, meaning, with: others = {} }) => {
      const standard =
        fallback === undefined ? ' (required)' : fallback === '' ? '' : ` (default ${fallback})`;
      return [[variable, `${meaning}${standard}`] as const, ...Object.entries(others)];
    })
    .map(([variable, meaning]) => `  ${variable.padEnd(28)}${meaning}`)
    .join('\n');
}
