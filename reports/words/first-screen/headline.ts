// The first thing that a page says of a run: the answer in a few words, and what it rests on in a sentence more, for one who never
// saw a percentile.
import { capitalised, countOf, formatNumber, formatSeconds } from '../../format/format.ts';
import type { Manifest } from '../../record/manifest.ts';
import type { AuditFinding, RunResult } from '../../record/result.ts';
import { outcomeOf } from '../../record/threshold-result.ts';
import { failureCounts } from '../failure-counts.ts';
import { type LastUnits, lastUnitsOf, lastUnitsSentence, lastUnitsVerdict } from '../last-units.ts';
import { plainValueOf } from '../metric-names.ts';
import { measureMore, undecidedReasons } from '../undecided.ts';
import { invalidReasons, isGeneratorLost, LOST_ADVICE, verdictSentence } from '../verdict-words.ts';
import { loadWords, type Question, questionOf, strikesOf } from './asked.ts';
import { limitSentence, usedOfLimit } from './limit-words.ts';
import { searchedHeadline } from './searched.ts';
import { ordersSentence, waitOf, waitSentence } from './shoppers.ts';

export type Headline = {
  /** "Yes, your shop holds at 20:00." */
  lead: string;
  /** Sentences after it, each with its full stop. */
  more: string[];
  /** What the answer does not say; only comparisons and searches have one. */
  caveat?: string;
};

/** Why a run is invalid; the section on the generator has all of it. */
const MOST_REASONS = 2;

/** Of a finished run of any kind and verdict. */
export function headlineOf(result: RunResult, manifest: Manifest): Headline {
  switch (result.verdict) {
    case 'INVALID':
      return {
        lead: isGeneratorLost(result)
          ? 'No answer: a load generator was lost.'
          : 'No answer: the load generator could not keep up.',
        more: [
          ...invalidReasons(result)
            .slice(0, MOST_REASONS)
            .map((reason) => `${capitalised(reason)}.`),
          isGeneratorLost(result)
            ? LOST_ADVICE
            : 'What was measured describes the generator, not your shop. Lower the rate or add workers.',
        ],
      };
    case 'AUDIT_FAILED':
      return booksHeadline(result);
    case 'PASS':
    case 'FAIL':
    case 'UNDECIDED':
      return answeredHeadline(result, manifest, questionOf(result, manifest), result.verdict);
  }
}

type Answered = 'PASS' | 'FAIL' | 'UNDECIDED';

function answeredHeadline(
  result: RunResult,
  manifest: Manifest,
  question: Question,
  verdict: Answered,
): Headline {
  switch (question) {
    case 'compares':
      return withVerdict(comparedHeadline(result), result);
    case 'searches':
      return withVerdict(searchedHeadline(result), result);
    case 'survives':
      return { lead: SURVIVED[verdict], more: [...strikeSentences(result), ...reasonsOf(result)] };
    case 'holds': {
      const rush = lastUnitsOf(result.variants);
      if (rush !== null && verdict === 'PASS') return rushHeadline(rush, result);
      const lead = HELD[verdict](loadWords(result, manifest));
      return { lead, more: [...reasonsOf(result), ...rehearsedSentences(result)] };
    }
  }
}

/** Of the last pieces it is asked whether they are sold once each, not how many an hour. */
function rushHeadline(about: LastUnits, { variants }: RunResult): Headline {
  const [first] = Object.values(variants);
  const wait = first === undefined ? null : waitSentence(first.metrics);
  return {
    lead: `${lastUnitsVerdict(about)}.`,
    more: [lastUnitsSentence(about), ...(wait === null ? [] : [`${capitalised(wait)}.`])],
  };
}

/** Which gate or limit was missed, or what could not be decided, is not in the answer to a question. */
function withVerdict(headline: Headline, result: RunResult): Headline {
  if (result.verdict === 'PASS') return headline;
  const sentence = capitalised(verdictSentence(result));
  return { ...headline, more: [...headline.more, sentence.endsWith('.') ? sentence : `${sentence}.`] };
}

/** What is better stands before the colon of the answer, by how much behind it; the second line is the caveat. */
function comparedHeadline({ answer }: RunResult): Headline {
  const [sentence = '', ...others] = answer.split('\n');
  const [, better = sentence, figures = ''] = /^([^:]+): (.*)$/.exec(sentence) ?? [];
  return {
    lead: figures === '' ? better : `${better}.`,
    more: figures === '' ? [] : [capitalised(figures)],
    ...(others.length === 0 ? {} : { caveat: others.join(' ') }),
  };
}

/** The audit has the first word, so that a run with an answer lost nothing. */
const SURVIVED: Record<Answered, string> = {
  PASS: 'Nothing was lost.',
  FAIL: 'Nothing was lost, but your shop did not come through within its limits.',
  UNDECIDED: 'Nothing was lost; the rest is not known, for too little was measured.',
};

const HELD: Record<Answered, (load: string) => string> = {
  PASS: (load) => `Yes, your shop holds ${load}.`,
  FAIL: (load) => `No, your shop does not hold ${load}.`,
  UNDECIDED: () => 'Not known: too little was measured.',
};

/** Which books they are says the first broken claim: what shoppers were told, stock beside orders, coupons or whatever else. */
function booksHeadline({ variants }: RunResult): Headline {
  const findings = Object.values(variants).flatMap(({ audit }) => audit);
  const broken = findings.filter(({ ok }) => !ok);
  const count = `${broken.length} of ${countOf(findings.length, 'check')} of the books failed.`;
  const oversold = broken.find(({ lastUnits }) => lastUnits !== undefined)?.lastUnits;
  if (oversold !== undefined)
    return { lead: `${lastUnitsVerdict(oversold)}.`, more: [lastUnitsSentence(oversold), count] };
  return {
    lead: 'No: your shop’s books do not add up.',
    more: [count, ...broken.slice(0, 1).map(brokenSentence)],
  };
}

/** "“Every accepted order is confirmed or rejected” was not so 3 times." */
function brokenSentence({ claim, violationCount }: AuditFinding): string {
  const times = violationCount === 1 ? 'once' : `${formatNumber(violationCount)} times`;
  return `“${claim.replace(/\.$/, '')}” was not so ${times}.`;
}

/** Which limits were crossed, the farthest first, or what could not be decided; nothing of a pass. */
function reasonsOf(result: RunResult): string[] {
  if (result.verdict === 'UNDECIDED') {
    const [first = 'not everything could be decided', ...others] = undecidedReasons(result);
    const more = others.length === 0 ? '' : `, and ${formatNumber(others.length)} more could not be decided`;
    return [`${capitalised(first)}${more}. ${measureMore(result)}`];
  }
  const missed = result.thresholds
    .filter((threshold) => outcomeOf(threshold) === 'missed')
    .toSorted((a, b) => (usedOfLimit(b) ?? 0) - (usedOfLimit(a) ?? 0));
  const [first, ...others] = missed;
  if (first === undefined) return [];
  const more =
    others.length === 0
      ? ''
      : ` ${countOf(others.length, 'more limit')} ${others.length === 1 ? 'was' : 'were'} crossed.`;
  return [`${limitSentence(first)}${more}`];
}

/** Nothing where nobody came: that is why the run is undecided, and said already. */
function rehearsedSentences({ variants, verdict }: RunResult): string[] {
  const [first] = Object.values(variants);
  if (first === undefined || (verdict === 'UNDECIDED' && (waitOf(first.metrics)?.count ?? 0) === 0))
    return [];
  const parts = [ordersSentence(first.metrics), waitSentence(first.metrics)].filter((part) => part !== null);
  return parts.length === 0 ? [] : [`${capitalised(parts.join('; '))}.`];
}

/** "Broker killed: shoppers noticed it for 12 s; 14 orders met an error, 1 got no answer." */
function strikeSentences(result: RunResult): string[] {
  const [variant] = Object.values(result.variants);
  if (variant === undefined) return [];
  const { metrics, failures = {} } = variant;
  const recovery = plainValueOf(metrics, 'fault.recoverySeconds');
  const outage =
    recovery === undefined
      ? 'the shop had not recovered when the run ended'
      : `shoppers noticed it for ${formatSeconds(recovery.value * 1_000)}`;
  const { requests: failedCount, connections } = failureCounts(failures);
  const count = (fate: string) => plainValueOf(metrics, `orders.${fate}`)?.value ?? 0;
  const ofThem = count('failed') === 0 ? '' : `, ${countOf(count('failed'), 'order')} among them`;
  const requests =
    failedCount === 0 ? 'nobody saw an error' : `${countOf(failedCount, 'request')} met an error${ofThem}`;
  const live = connections === 0 ? [] : [`${countOf(connections, 'live connection')} failed`];
  const orders = count('unanswered') === 0 ? [] : [`${countOf(count('unanswered'), 'order')} got no answer`];
  return [
    `${capitalised(strikesOf(result).join(', '))}: ${[outage, requests, ...live, ...orders].join('; ')}.`,
  ];
}
