// What the live page knows of a moment of a rehearsal, as it is sent to the browser: numbers of people, never a person.
import type { Whereabouts } from '../../sim/engine/protocol/protocol.ts';
import type { Room } from '../../sim/shopper/state/rooms.ts';

export type { Room, Whereabouts };

/** Where the page, its files and its stream are served. */
export const LIVE_PATHS = {
  page: '/live',
  script: '/live/page.js',
  style: '/live/page.css',
  events: '/live/events',
} as const;

export type LiveMoment = {
  /** Of the scenario. */
  title: string;
  question: string;
  phase: string;
  /** Until the phase ends; null where nobody knows. */
  secondsLeft: number | null;
  /** Of the measured span, negative in the lead-in; null while nobody is inside. */
  second: number | null;
  /** Null while nobody is inside. */
  whereabouts: Whereabouts | null;
  /** Null in a rehearsal in which nobody is to order. */
  orders: {
    /** Mean of the last seconds. */
    perSecond: number;
    confirmedCount: number;
    rejectedCount: number;
    /** Confirmed in each second, the latest last. */
    recent: number[];
  } | null;
  /** What the shop sent unasked, such as lists: a second (mean of the last ones), and since the start. */
  pushes: { what: string; perSecond: number; count: number }[];
  /** Of the last seconds, by the label of the wait. */
  waits: { label: string; p50Ms: number | null; p99Ms: number | null }[];
  failedCount: number;
  /** Those of the present single run, in their order; `second` of its span. */
  faults: { label: string; second: number; isOver: boolean }[];
  /** Once all is over: the verdict and the answer; null in it for a rehearsal that broke off. */
  ended: { verdict: string | null; answer: string } | null;
};
