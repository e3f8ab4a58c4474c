import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../record/manifest.ts';
import type { CapacityResult, Metrics, RunResult, Verdict } from '../../record/result.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { syntheticComparisons } from '../../testing/synthetic-comparisons.ts';
import { syntheticManifest } from '../../testing/synthetic-manifest.ts';
import { headlineOf } from './headline.ts';

const asked = {
  ...syntheticManifest('peak-hour', 1, new Date(0), ''),
  overrides: [],
  effectiveScenario: { answer: 'holds', target: 'our-shop', shop: { hour: 20 } },
};

const wait = {
  unit: 'ms',
  count: 1200,
  censoredCount: 0,
  mean: 60,
  p50: 40,
  p90: 90,
  p95: 164.6,
  p99: 412,
  max: 700,
} as const;
const orders = (fates: Record<string, number>): Metrics => ({
  'order.confirmed': wait,
  ...Object.fromEntries(
    Object.entries({ rejected: 0, ...fates }).map(([fate, value]) => [
      `orders.${fate}`,
      { unit: 'orders', value },
    ]),
  ),
});

function result(verdict: Verdict, own: { metrics?: Metrics } & Partial<RunResult> = {}): RunResult {
  const { metrics = orders({ attempted: 526, confirmed: 526 }), ...more } = own;
  const sample = { ...sampleResult(verdict), scenario: 'peak-hour', ...more };
  const [variant] = Object.values(sample.variants);
  return { ...sample, variants: { kafka: { ...variant!, ...more.variants?.kafka, metrics } } };
}

/** As it would be read aloud. */
const aloud = (of: RunResult, manifest: Manifest = asked) => {
  const { lead, more, caveat = '' } = headlineOf(of, manifest);
  return [lead, ...more, caveat].join(' ').trim();
};

describe('of a rehearsal', () => {
  test('a pass says yes, that every order was confirmed, and how long people waited', () => {
    expect(aloud(result('PASS'))).toBe(
      'Yes, your shop holds at 20:00. Every order was confirmed; 95 of 100 shoppers waited under 0.17 s.',
    );
  });

  test('a pass names those who could not buy, and why', () => {
    const soldOut = orders({ attempted: 532, confirmed: 527, rejected: 5 });
    expect(aloud(result('PASS', { metrics: soldOut }))).toContain(
      'Every order was answered: 527 confirmed, 5 sold out or declined; ',
    );
    const lost = orders({ attempted: 532, confirmed: 527, rejected: 2, failed: 2, unanswered: 1 });
    expect(aloud(result('PASS', { metrics: lost }))).toContain(
      '527 of 532 orders were confirmed, 2 sold out or declined, 2 met an error, 1 got no answer; ',
    );
  });

  test('a record that does not know what became of the others claims nothing of them', () => {
    expect(aloud(result('PASS', { metrics: { 'order.confirmed': wait } }))).toContain(
      ' 1,200 orders confirmed; 95 of 100 shoppers',
    );
  });

  test('a load that was asked for otherwise says nothing of the hour, nor does another shop’s', () => {
    const quieter = { ...asked, overrides: ['load.sessionsPerSecond=10'] };
    expect(headlineOf(result('PASS'), quieter).lead).toBe('Yes, your shop holds at this load.');
    const longer = { ...asked, overrides: ['load.durationSeconds=600', 'orders.transport=direct'] };
    expect(headlineOf(result('PASS'), longer).lead).toBe('Yes, your shop holds at 20:00.');
    const quick = { ...asked, flags: ['--quick'] };
    expect(headlineOf(result('PASS'), quick).lead).toBe('Yes, your shop holds at this load.');
    const theirs = {
      ...asked,
      effectiveScenario: { answer: 'holds', target: 'your-shop', shop: { hour: 20 } },
    };
    expect(headlineOf(result('PASS'), theirs).lead).toBe('Yes, your shop holds at this load.');
    const smoke = headlineOf(result('PASS', { scenario: 'smoke' }), asked);
    expect(smoke.lead).toBe('Yes, your shop holds at this load.');
  });

  test('a wait that rests on few orders, or was cut off, claims no more than it can', () => {
    const of = (own: object) =>
      aloud(
        result('PASS', {
          metrics: { ...orders({ attempted: 9, confirmed: 9 }), 'order.confirmed': { ...wait, ...own } },
        }),
      );
    expect(of({ count: 9 })).toContain('; half of the shoppers waited under 0.04 s.');
    expect(of({ count: 100, censoredCount: 8, censoredFromMs: 10_000, p95: 10_003 })).toContain(
      '; more than 5 of 100 shoppers waited over 10 s.',
    );
    expect(of({ count: 1 })).toContain('; there were too few to speak of the wait.');
  });

  test('a fail says no, and by how much the worst limit was crossed', () => {
    expect(aloud(result('FAIL'))).toBe(
      'No, your shop does not hold at 20:00. 99 of 100 orders confirmed only within 0.41 s; the limit is 0.4 s. Every order was confirmed; 95 of 100 shoppers waited under 0.17 s.',
    );
  });

  test('an undecided one says that too little was measured, of what, and what to do', () => {
    expect(aloud(result('UNDECIDED'))).toBe(
      'Not known: too little was measured. Order confirmed p99 too few samples (60 of 100); limit ≤ 500 ms. Measure longer (--duration) or raise the rate. Every order was confirmed; 95 of 100 shoppers waited under 0.17 s.',
    );
  });

  test('an invalid one says whose figures these are and what to do', () => {
    expect(aloud(result('INVALID'))).toBe(
      'No answer: the load generator could not keep up. The generator delivered 602 of 1,000 sessions (60.2 %; need ≥ 99 %). What was measured describes the generator, not your shop. Lower the rate or add workers.',
    );
  });

  test('an invalid one that lost a generator says so', () => {
    const lost = result('INVALID');
    lost.variants.kafka!.generator.lostCount = 1;
    expect(aloud(lost)).toMatch(/^No answer: a load generator was lost\. .* run again\.$/);
  });

  test('a failed audit says that the books are wrong, and which rule was broken how often', () => {
    expect(aloud(result('AUDIT_FAILED'))).toBe(
      'No: your shop’s books do not add up. 1 of 5 checks of the books failed. “Every accepted order is confirmed or rejected, exactly once” was not so 3 times.',
    );
  });
});

describe('of a fault run', () => {
  const struck = (verdict: Verdict, metrics: Metrics, failures = {}) => {
    const own = result(verdict, { metrics });
    const [kafka] = Object.values(own.variants);
    return {
      ...own,
      variants: { kafka: { ...kafka!, failures, events: [{ second: 20, label: 'broker killed' }] } },
    };
  };
  const recovered = { 'fault.recoverySeconds': { unit: 's', value: 12.4 } };

  test('a pass says that nothing was lost, how long it was noticed, and by whom', () => {
    const metrics = { ...orders({ attempted: 30, confirmed: 27, failed: 2, unanswered: 1 }), ...recovered };
    expect(aloud(struck('PASS', metrics, { 'POST /orders 503': 14 }))).toBe(
      'Nothing was lost. Broker killed: shoppers noticed it for 12 s; 14 requests met an error, 2 orders among them; 1 order got no answer.',
    );
    expect(aloud(struck('PASS', { ...orders({ attempted: 3, confirmed: 3 }), ...recovered }))).toBe(
      'Nothing was lost. Broker killed: shoppers noticed it for 12 s; nobody saw an error.',
    );
  });

  test('a fail says that it was not through within its limits, and one that never came back says so', () => {
    expect(aloud(struck('FAIL', orders({ attempted: 3, confirmed: 3 })))).toBe(
      'Nothing was lost, but your shop did not come through within its limits. Broker killed: the shop had not recovered when the run ended; nobody saw an error. 99 of 100 orders confirmed only within 0.41 s; the limit is 0.4 s.',
    );
  });
});

test('a comparison answers in its own words, a spoilt one in none', () => {
  const compared = {
    answer: 'Kafka is better at burst: an order waits 5 ms.\nNot tested was much.',
    comparisons: syntheticComparisons('direct', 'kafka', 12),
  };
  expect(headlineOf(result('PASS', compared), asked)).toEqual({
    lead: 'Kafka is better at burst.',
    more: ['An order waits 5 ms.'],
    caveat: 'Not tested was much.',
  });
  expect(aloud(result('FAIL', { ...compared, thresholds: [] }))).toMatch(
    /An order waits 5 ms\. Declared comparison missed: order confirmed p50 of kafka against direct: SLOWER/,
  );
  expect(aloud(result('INVALID', compared))).toMatch(/^No answer: the load generator could not keep up\./);
});

test('a search begins with what carried most, and with what was not found', () => {
  const found = (transport: string, sustainedPerSecond: number | null, isClosed = true) =>
    ({
      transport,
      apiProcesses: 1,
      arrivals: 'orders',
      outcome: sustainedPerSecond === null ? 'none' : 'found',
      sustainedPerSecond,
      isClosed,
      reason: 'every probe was spoilt',
    }) as CapacityResult;
  const searched = (...capacity: CapacityResult[]) => aloud(result('PASS', { capacity }));
  expect(searched(found('direct', 180), found('kafka', 200))).toBe(
    'Kafka with one API process carries most: 200 orders/s (720,000 an hour). Direct with one API process carries 180 orders/s (648,000 an hour).',
  );
  expect(searched(found('direct', 180))).toBe('Your shop carries 180 orders/s (648,000 an hour).');
  expect(searched({ ...found('direct', 180), outcome: 'at-least' })).toBe(
    'Your shop carries at least 180 orders/s (648,000 an hour).',
  );
  expect(searched(found('direct', 180, false))).toContain(
    'The search ended before it had closed in on the limit: more may be carried.',
  );
  expect(searched(found('direct', 180, false), found('kafka', 200))).toContain(
    'The search ended before it had closed in on the limit of direct with one API process: more may be carried.',
  );
  expect(searched(found('direct', null))).toBe(
    'No rate was confirmed. Direct with one API process: no rate was confirmed; every probe was spoilt.',
  );
});

test('of the last pieces it says whether each was sold once', () => {
  const lastUnits = {
    itemName: 'Lamp',
    pieceCount: 5,
    soldCount: 5,
    shopperCount: 100,
    toldNoCount: 95,
    unheardCount: 0,
  };
  const [variant] = Object.values(sampleResult('PASS').variants);
  const audit = [{ ...variant!.audit[0]!, lastUnits }];
  const rush = result('PASS');
  const variants = { kafka: { ...Object.values(rush.variants)[0]!, audit } };
  expect(aloud({ ...rush, variants })).toMatch(
    /^Yes: no piece was sold twice\. 100 shoppers wanted “Lamp” at once: 5 of 5 pieces were sold, 95 shoppers were told no\. 95 of 100 shoppers waited/,
  );
});

test('of more pieces sold than there were it says how many, as the terminal does', () => {
  const lastUnits = {
    itemName: 'Lamp',
    pieceCount: 5,
    soldCount: 7,
    shopperCount: 100,
    toldNoCount: 93,
    unheardCount: 0,
  };
  const rush = result('AUDIT_FAILED');
  const [variant] = Object.values(rush.variants);
  const audit = [{ ...variant!.audit[0]!, ok: false, violationCount: 2, lastUnits }];
  expect(aloud({ ...rush, variants: { kafka: { ...variant!, audit } } })).toBe(
    'No: 2 pieces were sold that there were not. 100 shoppers wanted “Lamp” at once: 7 pieces were sold where there were 5, 93 shoppers were told no. 1 of 1 check of the books failed.',
  );
});

test('an undecided one in which nobody came says so once, and how much else is open', () => {
  const open = result('UNDECIDED', { metrics: { 'orders.perHour': { unit: 'orders/h', value: 0 } } });
  expect(aloud(open)).toMatch(
    /^Not known: too little was measured\. No order was placed in the measured span/,
  );
  expect(aloud(open)).toContain(', and 1 more could not be decided. Measure longer');
  expect(aloud(open)).not.toContain('obody ordered');
});
