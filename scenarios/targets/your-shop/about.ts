// What a page says of a shop that is not ours: what is for sale, what shoppers could and could not do there, and what was checked.
import { relative } from 'node:path';
import { projectFolder } from '../../../deploy/local/programs/state-directory.ts';
import { countOf } from '../../../reports/format/format.ts';
import type { VerbName } from '../../../sim/adapters/your-shop/verbs.ts';
import type { Target } from '../target.ts';
import type { Met } from './meet.ts';

/** What nobody does where the verb is missing. */
const SWITCHED_OFF: Partial<Record<VerbName, string>> = {
  home: 'nobody looks at a first page',
  list: 'nobody looks through categories',
  search: 'nobody searches',
  removeLine: 'nobody takes anything out of the cart again',
  cart: 'nobody looks at the cart, and it is not read back',
  outcome: 'nobody asks again how a pending order stands',
  order: 'orders are not looked up one by one',
  orders: 'nobody looks at what they ordered before',
  cancel: 'nobody cancels',
};

export function aboutYours({ discovery, settings }: Met): NonNullable<Target['about']> {
  const { items, categories, accountCount, inStockCount, verbs, missingVerbs, audits } = discovery;
  const people = accountCount === null ? 'guests' : countOf(accountCount, 'account');
  return {
    shop: {
      name: discovery.name,
      url: settings.url,
      file: shortPath(settings.file),
      currency: discovery.currency,
      itemCount: items.length,
      inStockCount,
      categoryCount: categories.length,
      accountCount,
      verbs: [...verbs],
      missingVerbs: [...missingVerbs],
      audits: Object.entries(audits).flatMap(([name, isThere]) => (isThere ? [name] : [])),
      runId: settings.runId,
    },
    dataSet: {
      description: `what ${discovery.name} showed for sale in ${countOf(categories.length, 'category', 'categories')}; shoppers are ${people}`,
      peopleCount: accountCount ?? 0,
      productCount: items.length,
    },
    notes: [...switchedOff(missingVerbs), ...unchecked(audits)],
  };
}

/** From the project's folder on where it lies there: a page is for others, too. */
function shortPath(file: string): string {
  const path = relative(projectFolder(), file);
  return path.startsWith('..') ? file : path;
}

function switchedOff(missing: readonly VerbName[]): string[] {
  // Without it an order is looked at instead, and without both the list of orders.
  const isAskedAgain = !missing.includes('order') || !missing.includes('orders');
  const off = missing.flatMap((verb) => {
    const words = verb === 'outcome' && isAskedAgain ? undefined : SWITCHED_OFF[verb];
    return words === undefined ? [] : [`${words} (no \`${verb}\`)`];
  });
  return off.length === 0 ? [] : [`The shop’s file leaves out verbs, so ${off.join('; ')}.`];
}

function unchecked({ ordersSince, stock }: Met['discovery']['audits']): string[] {
  return [
    ...(ordersSince
      ? []
      : [
          'Orders that nobody placed, and orders made twice, were not looked for: the shop’s file has no `audit.ordersSince`.',
        ]),
    ...(stock
      ? []
      : ['Whether more was sold than there was is not known: the shop’s file has no `audit.stock`.']),
  ];
}
