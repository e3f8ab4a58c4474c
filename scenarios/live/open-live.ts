// `--live`: a rehearsal that can be watched in a browser while it runs.
import type { View } from '../cell/live-view.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { targetOf } from '../targets/find-target.ts';
import { serveLive } from './serve-live.ts';
import { tellMoments } from './tell-moments.ts';

const DEFAULT_LIVE_PORT = 4_500;

/** The port that was asked for, null for no live page, or what is wrong with it; `--live` alone is `true`. */
export function livePortOf(given: string | boolean | undefined): number | null | { mistake: string } {
  if (given === undefined || given === false) return null;
  if (given === true) return DEFAULT_LIVE_PORT;
  const port = Number(given);
  return /^\d+$/.test(given) && port <= 65_535
    ? port
    : { mistake: `--live ${given}: found ${given}. Needed: a port from 1 to 65535, or 0 for any free one.` };
}

/**
 * Does a rehearsal's work with the view that it is to tell: the terminal's alone, or with a port the live page's too, which says
 * where it is, ends with the work and shows last how that ended.
 * @throws Error when the port is taken; the work was not begun then
 */
export async function whileShown<Done extends { result: { verdict: string; answer: string } }>(
  port: number | null,
  { scenario, terminal, nowMs }: { scenario: Scenario; terminal: View; nowMs: () => number },
  work: (view: View) => Promise<Done>,
): Promise<Done> {
  if (port === null) return work(terminal);
  const server = await serveLive(port);
  terminal.say(`Live: ${server.url}`);
  const { faults } = targetOf(scenario);
  const view = tellMoments(terminal, {
    title: scenario.title,
    question: scenario.question,
    faultLabel: (name) => faults[name]?.label ?? name,
    nowMs,
    publish: server.publish,
  });
  let result: Done['result'] | null = null;
  try {
    const done = await work(view);
    result = done.result;
    return done;
  } finally {
    view.ended(result);
    await server.close();
  }
}
