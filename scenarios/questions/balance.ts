// What do several API processes cost or buy, and what does a real balancer before them? The same shoppers at one, two and four
// processes, taken in turn by the generator, which costs nothing, and by nginx, as the shop is deployed.
import type { Scenario } from '../scenario/scenario.ts';
import { peakHour } from './peak-hour.ts';

const NGINX = 'shop.balancer=nginx';

export const balance: Scenario = {
  ...peakHour,
  name: 'balance',
  title: 'Several API processes behind a balancer',
  question: 'What do two or four API processes change for a shopper, and what does nginx before them cost?',
  answer: 'which-is-better',
  load: {
    ...peakHour.load,
    // What four processes, nginx and the generator leave room for on two cores.
    sessionsPerSecond: 60,
    durationSeconds: 20,
    leadInSeconds: 5,
    warmUpOrders: 200,
  },
  // It asks which is better, not whether it is good enough.
  thresholds: {},
  comparison: {
    variants: {
      one: ['shop.apiProcesses=1'],
      two: ['shop.apiProcesses=2'],
      four: ['shop.apiProcesses=4'],
      'one-nginx': ['shop.apiProcesses=1', NGINX],
      'two-nginx': ['shop.apiProcesses=2', NGINX],
      'four-nginx': ['shop.apiProcesses=4', NGINX],
    },
    levels: { evening: [] },
    pairs: [
      { baseline: 'one', candidate: 'one-nginx', tells: 'nginx before one process' },
      { baseline: 'two', candidate: 'two-nginx', tells: 'nginx before two processes' },
      { baseline: 'four', candidate: 'four-nginx', tells: 'nginx before four processes' },
      { baseline: 'one-nginx', candidate: 'two-nginx', tells: 'a second process behind nginx' },
      { baseline: 'two-nginx', candidate: 'four-nginx', tells: 'four processes instead of two behind nginx' },
    ],
    // The first process is killed while everybody is inside: sockets come back on the other one.
    strikes: [
      {
        fault: 'api-kill',
        atRatio: 0.5,
        variants: ['two', 'two-nginx'],
        set: ['generator.latenessP99MsAtMost=1000', 'generator.eventLoopLagP99MsAtMost=1000'],
      },
    ],
    blocks: 3,
    fewestPairs: 3,
    quick: {
      levels: ['evening'],
      variants: ['two', 'two-nginx'],
      // As many as a verdict needs.
      blocks: 3,
      set: ['load.durationSeconds=15'],
    },
    primary: [{ metric: 'http.response', statistic: 'p50' }],
    exploratory: [
      { metric: 'order.confirmed', statistic: 'p50' },
      { metric: 'http.response', statistic: 'p95' },
      { metric: 'cpu.perOrderMs', statistic: 'value' },
    ],
    marginRatio: 0.05,
    expectedSd: 0.07,
    restsOn: [
      'All of it runs on the cores of one machine: further processes take turns on them, and what they would buy on cores of their own is not in these figures.',
    ],
    notTested: ['processes on machines of their own', 'HTTP/2 between shopper and nginx'],
    declared: false,
  },
};
