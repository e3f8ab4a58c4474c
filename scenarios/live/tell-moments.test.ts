import { describe, expect, it } from 'vitest';
import type { LiveFigures } from '../cell/live-figures.ts';
import type { View } from '../cell/live-view.ts';
import type { LiveMoment } from './moment.ts';
import { tellMoments } from './tell-moments.ts';

const whereabouts = {
  inside: { home: 2, list: 0, search: 0, product: 1, cart: 0, checkout: 0, orders: 0 },
  moves: [],
};

/** What a second told; `confirmed` orders in it, and so many since the start. */
const figures = (second: number, confirmed: number, total: number): LiveFigures => ({
  totals: { ordersConfirmed: total, ordersRejected: 1, requestsFailed: 2, listsPushed: 9 },
  gauges: {},
  live: {
    'order.confirmed': { p50Ms: 12, p99Ms: 80 },
    'http.response': { p50Ms: null, p99Ms: null },
    'http.service': { p50Ms: 1, p99Ms: 2 },
  },
  cpuRatios: {},
  last: { second, counts: { ordersConfirmed: confirmed, listsPushed: 3 }, whereabouts },
});

function telling() {
  const moments: LiveMoment[] = [];
  const passedOn: unknown[][] = [];
  const note =
    (name: string) =>
    (...told: unknown[]) =>
      void passedOn.push([name, ...told]);
  const inner: View = {
    phase: note('phase'),
    detail: note('detail'),
    figures: note('figures'),
    say: note('say'),
    fault: note('fault'),
    close: note('close'),
  };
  let nowMs = 1_000;
  const view = tellMoments(inner, {
    title: 'A toy',
    question: 'Does it hold?',
    faultLabel: (name) => `${name} happened`,
    nowMs: () => nowMs,
    publish: (moment) => moments.push(moment),
  });
  return {
    view,
    passedOn,
    last: () => moments.at(-1)!,
    moments,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('what the live page is told', () => {
  it('is what the terminal is told, which it still is, and where people are', () => {
    const { view, passedOn, last, pass } = telling();
    view.phase('rehearsing', 60);
    expect(last()).toMatchObject({ title: 'A toy', phase: 'rehearsing', secondsLeft: 60, second: null });
    expect(last().whereabouts).toBeNull();
    pass(10_000);
    view.figures(figures(0, 4, 4));
    view.figures(figures(1, 8, 12));
    expect(last()).toMatchObject({
      secondsLeft: 50,
      second: 1,
      whereabouts,
      orders: { perSecond: 6, confirmedCount: 12, rejectedCount: 1, recent: [4, 8] },
      pushes: [{ what: 'lists', perSecond: 3, count: 9 }],
      waits: [{ label: 'order confirmed', p50Ms: 12, p99Ms: 80 }],
      failedCount: 2,
      ended: null,
    });
    view.detail('10 of 20');
    view.say('a line');
    view.close();
    expect(passedOn.map(([name]) => name)).toEqual(['phase', 'figures', 'figures', 'detail', 'say', 'close']);
  });

  it('is each fault as it strikes, in the words of the page, and when it is over', () => {
    const { view, last, passedOn } = telling();
    view.figures(figures(7, 1, 1));
    view.fault('kill', false);
    expect(last().faults).toEqual([{ label: 'kill happened', second: 8, isOver: false }]);
    view.fault('kill', true);
    expect(last().faults).toEqual([{ label: 'kill happened', second: 8, isOver: true }]);
    expect(passedOn.slice(-2)).toEqual([
      ['fault', 'kill', false],
      ['fault', 'kill', true],
    ]);
  });

  it('is each of several faults by itself', () => {
    const { view, last } = telling();
    view.figures(figures(7, 1, 1));
    view.fault('kill', false);
    view.figures(figures(8, 1, 1));
    view.fault('flush', false);
    view.fault('flush', true);
    expect(last().faults).toEqual([
      { label: 'kill happened', second: 8, isOver: false },
      { label: 'flush happened', second: 9, isOver: true },
    ]);
  });

  it('begins anew with each single run', () => {
    const { view, last } = telling();
    view.figures(figures(7, 5, 5));
    view.fault('kill', false);
    view.phase('fresh database', 1);
    expect(last()).toMatchObject({ whereabouts: null, orders: null });
    view.figures(figures(-3, 2, 2));
    expect(last()).toMatchObject({ faults: [], orders: { recent: [2], perSecond: 2 } });
  });

  it('has no orders where nobody is to order', () => {
    const { view, last } = telling();
    view.figures({ ...figures(0, 0, 0), totals: { requestsFailed: 0 } });
    expect(last()).toMatchObject({ orders: null, pushes: [] });
  });

  it('is at last the verdict, or that it broke off, and nothing after it', () => {
    const { view, last, moments } = telling();
    view.figures(figures(0, 1, 1));
    view.ended({ verdict: 'PASS', answer: 'Yes.' });
    view.phase('writing the report', 2);
    expect(last()).toMatchObject({ ended: { verdict: 'PASS', answer: 'Yes.' }, whereabouts: null });
    expect(moments).toHaveLength(2);
    const broken = telling();
    broken.view.ended(null);
    expect(broken.last().ended).toMatchObject({
      verdict: null,
      answer: expect.stringContaining('broke off'),
    });
  });
});
