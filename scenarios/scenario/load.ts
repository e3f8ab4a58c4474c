// Who comes to the shop in a scenario, at which rate, for how long, and how many of them are new.
import Type from 'typebox';
import { GROWTH_MODELS } from '../../sim/model/growth.ts';
import { ARRIVALS, arrivalKinds, arrivalRates, arrivalSettings } from './arrivals.ts';
import { MOST_BROWSERS } from './browsers.ts';
import { Amount, Count } from './fields.ts';

export const Load = Type.Object(
  {
    arrivals: Type.Enum(ARRIVALS, {
      description: Object.entries(arrivalKinds)
        .map(([name, { tells }]) => `${name} (${tells})`)
        .join(' or '),
    }),
    ...arrivalRates,
    ...arrivalSettings,
    burstFactor: Amount(1, 1_000, 'the rate is multiplied by this during the burst; 1 = no burst'),
    burstAtSecond: Count(0, 7_200, 'when the burst begins'),
    burstSeconds: Count(0, 7_200, 'how long the burst lasts'),
    durationSeconds: Count(5, 86_400, 'measured span'),
    leadInSeconds: Count(0, 600, 'same load before the measured span, not counted'),
    rampSeconds: Type.Optional(
      Count(0, 600, 'from the first start on the rate rises evenly from nothing over so long; 0 = at once'),
    ),
    drainSeconds: Count(1, 600, 'time for open sessions to end after the span'),
    warmUpOrders: Count(0, 100_000, 'orders placed and confirmed before any session starts'),
    warmUpReads: Count(0, 1_000_000, 'products looked at after them, by popularity, so that caches are full'),
    thinkTimeCompression: Amount(1, 1_000, 'think times are divided by this'),
    passwordSignInRatio: Amount(0, 1, 'share of sessions that sign in by password'),
    dispersion: Amount(
      0,
      10,
      'variance over mean of the arrivals per minute, beyond Poisson’s 1; 0 = Poisson',
    ),
    browsers: Type.Optional(
      Count(0, MOST_BROWSERS, 'windows of Chromium that walk through the storefront beside the load'),
    ),
    httpDeadlineMs: Count(100, 60_000, 'a request without an answer by then is censored at it'),
    outcomeDeadlineMs: Count(100, 120_000, 'an order without an outcome by then is censored at it'),
  },
  { additionalProperties: false },
);

/** People who sign up through the shop's API during the measured span, and go shopping at once. */
export const Growth = Type.Object(
  {
    model: Type.Enum(GROWTH_MODELS, {
      description:
        'none (nobody signs up), bass (the year’s S-curve, compressed into the measured span) or decay (the founders’ batches: 10 people every 10 s at first, 1 every 2 minutes in the end, in real hours)',
    }),
    // The shop hashes every password with argon2id, which takes a core for 0.03 s.
    signUpsPerSecond: Amount(
      0.01,
      20,
      'people who sign up, as a mean over the measured span, where the model is bass; at the top 1.5 times as many; each costs the shop 0.03 s of CPU for the password',
    ),
  },
  { additionalProperties: false },
);
