import { describe, expect, it } from 'vitest';
import { createRandom } from '../../sim/model/chance/random.ts';
import {
  nextStep,
  type Probe,
  type ProbeOutcome,
  type ProbeVerdict,
  type SearchAnswer,
  type SearchSettings,
} from './search.ts';

const SETTINGS: SearchSettings = {
  startPerSecond: 50,
  leastPerSecond: 5,
  growthFactor: 2,
  toleranceRatio: 0.05,
  maxProbes: 24,
};

type Searched = { answer: SearchAnswer; history: ProbeOutcome[] };

function search(settings: SearchSettings, run: (probe: Probe, index: number) => ProbeVerdict): Searched {
  const history: ProbeOutcome[] = [];
  for (;;) {
    const step = nextStep(settings, history);
    if (step.kind === 'answer') return { answer: step.answer, history };
    history.push({ ...step.probe, verdict: run(step.probe, history.length) });
    if (history.length > settings.maxProbes) throw new Error('the search did not stop');
  }
}

const upTo =
  (limit: number) =>
  ({ perSecond }: Probe): ProbeVerdict =>
    perSecond <= limit ? 'kept' : 'broken';

describe('the search for the highest rate', () => {
  it('brackets a sharp limit and confirms both of its sides', () => {
    const { answer, history } = search(SETTINGS, upTo(180));
    expect(answer).toMatchObject({ outcome: 'found', isClosed: true });
    const { sustainedPerSecond: sustained, firstFailedPerSecond: failed } = answer;
    expect(sustained).toBeLessThanOrEqual(180);
    expect(failed).toBeGreaterThan(180);
    expect(failed! / sustained!).toBeLessThanOrEqual(1.0553);
    expect(history.slice(0, 3).map(({ perSecond }) => perSecond)).toEqual([50, 100, 200]);
    expect(history.slice(-2)).toEqual([
      { kind: 'confirm', perSecond: sustained, verdict: 'kept' },
      { kind: 'confirm', perSecond: failed, verdict: 'broken' },
    ]);
  });

  it('says that a rate cannot be planned, not that the generator was late', () => {
    const plannable = ({ perSecond }: Probe): ProbeVerdict => (perSecond <= 400 ? 'kept' : 'invalid');
    const history: ProbeOutcome[] = [];
    for (;;) {
      const step = nextStep(SETTINGS, history);
      if (step.kind === 'answer') {
        expect(step.answer).toMatchObject({ outcome: 'at-least', sustainedPerSecond: 400 });
        expect(step.answer.reason).toMatch(/^no plan has 4\d\d\/s here$/);
        return;
      }
      const verdict = plannable(step.probe);
      history.push({ ...step.probe, verdict, cannotBePlanned: verdict === 'invalid' });
    }
  });

  it('asks once for a rate that cannot be planned, and takes it for a limit', () => {
    const first: ProbeOutcome[] = [
      { kind: 'bracket', perSecond: 50, verdict: 'kept' },
      { kind: 'bracket', perSecond: 100, verdict: 'invalid', cannotBePlanned: true },
    ];
    expect(nextStep(SETTINGS, first)).toEqual({ kind: 'probe', probe: { kind: 'bracket', perSecond: 70.7 } });
    const once = first.map((outcome) => ({ ...outcome, cannotBePlanned: false }));
    expect(nextStep(SETTINGS, once)).toEqual({ kind: 'probe', probe: { kind: 'bracket', perSecond: 100 } });
  });

  it('goes down from a start that is too high, and gives up below the least rate', () => {
    expect(search(SETTINGS, upTo(14)).answer.sustainedPerSecond).toBeCloseTo(13.6, 0);
    expect(search(SETTINGS, upTo(2)).answer).toMatchObject({
      outcome: 'none',
      sustainedPerSecond: null,
      firstFailedPerSecond: 5,
    });
  });

  it('does not believe a lucky short probe: the failed confirmation lowers the top', () => {
    const luckyUpTo = 240;
    const { answer, history } = search(SETTINGS, (probe) =>
      upTo(probe.kind === 'bracket' ? luckyUpTo : 180)(probe),
    );
    expect(history.find(({ kind }) => kind === 'confirm')).toMatchObject({ verdict: 'broken' });
    expect(answer).toMatchObject({ outcome: 'found', isClosed: true });
    expect(answer.sustainedPerSecond).toBeLessThanOrEqual(180);
    expect(answer.sustainedPerSecond).toBeGreaterThan(180 / 1.056);
  });

  it('does not stay below an unlucky short probe: the top must fail in a long one too', () => {
    const { answer } = search(SETTINGS, (probe) => upTo(probe.kind === 'bracket' ? 150 : 180)(probe));
    expect(answer.sustainedPerSecond).toBeGreaterThan(180 / 1.056);
    expect(answer.sustainedPerSecond).toBeLessThanOrEqual(180);
  });

  it('says "at least" where the generator is the limit, and holds nothing of it against the shop', () => {
    const { answer, history } = search(SETTINGS, ({ perSecond }) => (perSecond <= 300 ? 'kept' : 'invalid'));
    expect(answer).toMatchObject({ outcome: 'at-least' });
    expect(answer.sustainedPerSecond).toBeGreaterThan(300 / 1.056);
    expect(answer.reason).toContain('the generator was the limit');
    expect(history.some(({ verdict }) => verdict === 'broken')).toBe(false);
  });

  it('takes an invalid probe once more before it means anything', () => {
    const hiccups = new Set([2, 5]);
    const { answer, history } = search(SETTINGS, (probe, index) =>
      hiccups.has(index) ? 'invalid' : upTo(180)(probe),
    );
    expect(history[3]).toMatchObject({ perSecond: history[2]!.perSecond, kind: history[2]!.kind });
    expect(answer).toMatchObject({ outcome: 'found', isClosed: true });
  });

  it('answers nothing, not zero, when every probe is the generator’s fault', () => {
    const { answer } = search(SETTINGS, () => 'invalid');
    expect(answer).toMatchObject({ outcome: 'none', sustainedPerSecond: null });
    expect(answer.reason).toContain('generator');
  });

  it('keeps room to confirm what it found when probes are few, and says that the limit is not closed in on', () => {
    const { answer, history } = search({ ...SETTINGS, maxProbes: 7 }, upTo(1_900));
    expect(history).toHaveLength(7);
    expect(history.filter(({ kind }) => kind === 'confirm').length).toBeGreaterThan(0);
    expect(answer).toMatchObject({ outcome: 'found', isClosed: false });
    expect(answer.reason).toContain('7 probes were not enough');
  });

  it('always stops, only ever answers a rate that a long probe kept, and names none that failed below it', () => {
    const random = createRandom(1, 'coin');
    for (let round = 0; round < 500; round++) {
      const { answer, history } = search({ ...SETTINGS, maxProbes: 4 + (round % 20) }, () => {
        const draw = random.uniform();
        return draw < 0.45 ? 'kept' : draw < 0.9 ? 'broken' : 'invalid';
      });
      if (answer.sustainedPerSecond === null) continue;
      expect(history).toContainEqual({
        kind: 'confirm',
        perSecond: answer.sustainedPerSecond,
        verdict: 'kept',
      });
      const { firstFailedPerSecond: failed, sustainedPerSecond: sustained } = answer;
      expect(failed ?? Number.POSITIVE_INFINITY).toBeGreaterThan(sustained);
    }
  });
});

describe('the search against a simulated queue of known capacity', () => {
  const LIMIT_MS = 1_000;

  /** p95 of the response times of an M/M/c queue, first come first served, over a probe that starts empty. */
  function simulateP95Ms(
    servers: number,
    serviceMs: number,
    perSecond: number,
    seconds: number,
    seed: number,
  ): number {
    const random = createRandom(seed, 'queue');
    const gapMs = () => random.exponential(perSecond / 1_000);
    const freeAt = Array.from({ length: servers }, () => 0);
    const responses: number[] = [];
    for (let now = gapMs(); now < seconds * 1_000; now += gapMs()) {
      const earliest = freeAt.indexOf(Math.min(...freeAt));
      const doneAt = Math.max(now, freeAt[earliest] ?? 0) + random.exponential(1 / serviceMs);
      freeAt[earliest] = doneAt;
      responses.push(doneAt - now);
    }
    return responses.sort((a, b) => a - b)[Math.floor(responses.length * 0.95)] ?? 0;
  }

  it.each([
    [8, 20, 30],
    [4, 16, 61],
    [16, 80, 500],
  ])(
    '%i servers of %i ms, started at %i/s: within 5 per cent, every time',
    (servers, serviceMs, start) => {
      const capacity = (servers * 1_000) / serviceMs;
      for (let seed = 1; seed <= 5; seed++) {
        const settings = { ...SETTINGS, startPerSecond: start, toleranceRatio: 0.02, maxProbes: 30 };
        const { answer } = search(settings, ({ kind, perSecond }, index) => {
          const seconds = kind === 'bracket' ? 15 : 60;
          const p95 = simulateP95Ms(servers, serviceMs, perSecond, seconds, seed * 100 + index);
          return p95 <= LIMIT_MS ? 'kept' : 'broken';
        });
        expect(answer.outcome).toBe('found');
        expect(Math.abs(answer.sustainedPerSecond! / capacity - 1)).toBeLessThanOrEqual(0.05);
      }
    },
    60_000,
  );
});
