// A scenario aimed at somebody's own shop: its file and address from the command line, and what of the scenario can be asked of it.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { didYouMean } from '../../mistakes/nearest.ts';
import { axisSettings } from '../../scenario/axes.ts';
import type { Overridden } from '../../scenario/overrides.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { askedOfYours, askOfYours } from './asked-of-yours.ts';

/** The scenario as it is asked of the shop that `file` describes, or every mistake in file and address. */
export function aimAtYours(scenario: Scenario, file: string, url: string | undefined): Overridden {
  const asked = askOfYours(scenario);
  const origin = url === undefined ? null : originOf(url);
  const mistakes = [
    ...(asked === null
      ? [
          `--target ${file}: scenario ${scenario.name} asks for what only our own shop has.${didYouMean(scenario.name, askedOfYours)} Needed: one of ${askedOfYours.join(', ')}.`,
        ]
      : []),
    ...(existsSync(file)
      ? []
      : [
          `--target ${file}: there is no such file. Needed: a file that says how shoppers use your shop; \`npm run target -- init ${file}\` writes one.`,
        ]),
    ...(url === undefined
      ? [`--target ${file}: where the shop is, is missing. Needed: --url https://my.shop.`]
      : []),
    ...(url !== undefined && origin === null ? [noAddress(url)] : []),
  ];
  if (mistakes.length > 0 || asked === null || origin === null) return { kind: 'mistakes', mistakes };
  return { kind: 'ok', scenario: { ...asked, yourShop: { file: resolve(file), url: origin } } };
}

/** Null where it is no URL of http or https, or carries a secret. */
export function originOf(url: string): string | null {
  const parsed = URL.parse(url);
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) return null;
  return parsed.username === '' && parsed.password === '' ? parsed.origin : null;
}

/** The mistake in an address that has no origin, without what may be secret in it. */
export function noAddress(url: string): string {
  const shown = url.replace(/\/\/[^/]*@/, '//').replace(/[?#].*$/s, '');
  return `--url ${shown}: that is no address of a shop. Needed: http or https and a host, such as http://127.0.0.1:3000.`;
}

const NOT_THERE: readonly string[] = [
  ...Object.keys(axisSettings),
  'growth',
  'shop',
  'load.arrivals',
  'load.browsers',
  'load.crowdPeople',
  'load.warmUpOrders',
  'load.warmUpReads',
  'load.passwordSignInRatio',
];
/** The hour says how inclined to buy people are, whatever the shop. */
const THERE_ALL_THE_SAME = 'shop.hour';

/** Settings and limits among the assignments that there are of our shop only; `scenario` as its file has it. */
export function refusedOfYours(scenario: Scenario, assignments: readonly string[]): string[] {
  const kept = Object.keys(askOfYours(scenario)?.thresholds ?? {});
  return assignments.flatMap((assignment) => {
    const path = assignment.split('=', 1)[0]?.trim() ?? '';
    const [group = '', name = ''] = path.split('.');
    const limit = group === 'thresholds' ? scenario.thresholds[name] : undefined;
    if (limit !== undefined && !kept.includes(name))
      return [
        `--set ${path}: ${limit.metric} ${limit.statistic} is not held against a shop whose inside is not seen, or needs more than it is asked there. Needed: one of ${kept.join(', ')}.`,
      ];
    const isOurs = path !== THERE_ALL_THE_SAME && (NOT_THERE.includes(group) || NOT_THERE.includes(path));
    return isOurs
      ? [
          `--set ${path}: that is a setting of our own shop; of yours is set what its shoppers do. Needed: a setting of load, data, thresholds or generator.`,
        ]
      : [];
  });
}

/** Besides what cannot be set: where our own data come from, and the rates of arrivals that the run has none of. */
const OF_OUR_DATA = ['preset', 'days', 'products', 'asOf'].map((name) => `data.${name}`);
const OF_ARRIVALS: Readonly<Record<string, readonly string[]>> = {
  sessions: ['sessionsPerSecond'],
  orders: ['ordersPerSecond'],
  rush: ['shoppersAtOnce'],
};
const RATES = ['sessionsPerSecond', 'ordersPerSecond', 'actionsPerSecond', 'shoppersAtOnce', 'producers'];
/** Said of a run though it cannot be set. */
const TOLD = ['load.arrivals'];

/** What of a scenario the page of somebody's own shop leaves out. */
export function withoutMeaningToYours({ shop, load }: Scenario): string[] {
  const ours = NOT_THERE.filter((path) => path !== 'shop' && !TOLD.includes(path));
  const settings = Object.keys(shop).map((name) => `shop.${name}`);
  const kept = OF_ARRIVALS[load.arrivals] ?? RATES;
  return [
    ...ours,
    ...settings.filter((path) => path !== THERE_ALL_THE_SAME),
    ...OF_OUR_DATA,
    ...RATES.filter((name) => !kept.includes(name)).map((name) => `load.${name}`),
  ];
}
