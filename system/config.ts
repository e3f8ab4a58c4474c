// The shop's settings: the platform's and those of every feature, read once from the environment, validated whole and frozen.
// Everything else gets them handed down; nothing else reads the environment.
import { API_ROLE } from './contract/roles.ts';
import { FEATURES } from './features.ts';
import type { ConfigOf, Feature } from './platform/features/feature.ts';
import { type PlatformConfig, platformSettings } from './platform/settings/config.ts';
import {
  describeTable,
  type Environment,
  readTable,
  type SettingsTable,
  splitList,
} from './platform/settings/settings.ts';

export type Config = ConfigOf<typeof FEATURES>;

/** What SHOP_ROLES may name. */
export function rolesOf(features: readonly Feature[]): string[] {
  return [API_ROLE, ...features.flatMap((feature) => (feature.roles ?? []).map(({ name }) => name))];
}

function platformOf(features: readonly Feature[]) {
  const roles = rolesOf(features);
  const needsKafka = (environment: Environment) => {
    const named = splitList(environment.SHOP_ROLES || roles.join(','));
    return features.some((feature) => feature.needsKafka?.(environment, named) ?? false);
  };
  return platformSettings({ roles, needsKafka });
}

function settingsOf(features: readonly Feature[]): SettingsTable {
  const own = features.map((feature) => feature.settings ?? {});
  const table: SettingsTable = Object.assign({}, platformOf(features), ...own);
  const variables = Object.values(table).map(({ variable }) => variable);
  const twice = variables.find((variable, index) => variables.indexOf(variable) !== index);
  if (twice !== undefined)
    throw new Error(`Two features read ${twice} as a setting of theirs; needed is one.`);
  return table;
}

/**
 * Every setting of a serving process with these features.
 * @throws Error with one line for each variable that is missing or wrong.
 */
export function readConfigOf<const Features extends readonly Feature[]>(
  environment: Environment,
  features: Features,
): ConfigOf<Features> {
  return readTable<ConfigOf<Features>>(settingsOf(features), environment);
}

/** Every setting of a serving process of the shop; errors as in `readConfigOf`. */
export function readConfig(environment: Environment): Config {
  return readConfigOf(environment, FEATURES);
}

/** The named settings of the platform alone, for commands that need only some (`migrate` needs no broker). */
export function readSettings<Key extends keyof PlatformConfig>(
  environment: Environment,
  keys: readonly Key[],
): Pick<PlatformConfig, Key> {
  const platform = platformOf(FEATURES);
  const named = Object.fromEntries(keys.map((key) => [key, platform[key]]));
  return readTable<Pick<PlatformConfig, Key>>(named, environment);
}

/** One line for each variable, for `--help`. */
export function describeSettings(features: readonly Feature[] = FEATURES): string {
  return describeTable(settingsOf(features));
}
