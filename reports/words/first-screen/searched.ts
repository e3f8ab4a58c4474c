// The headline of a search for the highest rate: what carried most, what the others carry, and what is not known.
import { capitalised } from '../../format/format.ts';
import type { RunResult } from '../../record/result.ts';
import { capacitySentence, configurationText, rateText } from '../capacity-words.ts';

/** The configuration that carried most, then the others; the table below says what each rests on. */
export function searchedHeadline({ capacity = [] }: Pick<RunResult, 'capacity'>): {
  lead: string;
  more: string[];
  caveat?: string;
} {
  const found = capacity
    .flatMap((own) => {
      const { sustainedPerSecond: perSecond } = own;
      return perSecond === null ? [] : [{ own, perSecond }];
    })
    .toSorted((a, b) => b.perSecond - a.perSecond);
  const [most, ...others] = found;
  const missing = capacity
    .filter(({ sustainedPerSecond }) => sustainedPerSecond === null)
    .map((own) => `${capitalised(capacitySentence(own))}.`);
  if (most === undefined) return { lead: 'No rate was confirmed.', more: missing };
  const rateOf = ({ own, perSecond }: (typeof found)[number]) =>
    `${own.outcome === 'at-least' ? 'at least ' : ''}${rateText(perSecond, own.arrivals)}`;
  const lead =
    others.length === 0
      ? `Your shop carries ${rateOf(most)}.`
      : `${capitalised(configurationText(most.own))} carries most: ${rateOf(most)}.`;
  const rest = others.map((one) => `${configurationText(one.own)} carries ${rateOf(one)}`).join('; ');
  const open = found.filter(({ own }) => own.outcome === 'found' && !own.isClosed);
  const openNames = open.map(({ own }) => configurationText(own)).join(', ');
  const ofWhat = open.length === found.length ? '' : ` of ${openNames}`;
  return {
    lead,
    more: [...(rest === '' ? [] : [`${capitalised(rest)}.`]), ...missing],
    ...(open.length === 0
      ? {}
      : {
          caveat: `The search ended before it had closed in on the limit${ofWhat}: more may be carried.`,
        }),
  };
}
