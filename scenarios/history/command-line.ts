// The command line of `npm run history`: every option checked at once, all mistakes together.

import { DEFAULT_SETTINGS, type HistorySettings, mistakesIn } from '../../sim/history/year/settings.ts';
import { DAY_MS, seoulDay, seoulDayStartMs } from '../../sim/model/calendar.ts';
import type { PresetName } from '../../sim/model/presets.ts';

/** Options as commander gives them: texts, not yet checked. */
export type HistoryOptions = {
  preset?: string;
  days?: string;
  people?: string;
  products?: string;
  orders?: string;
  seed?: string;
  until?: string;
  growth?: string;
  behaviour?: string;
  into?: string;
  out?: string;
  workers?: string;
  resume?: boolean;
  replace?: boolean;
  check?: boolean;
};

export type HistoryCommand = {
  settings: HistorySettings;
  into: 'postgres' | 'csv';
  out: string | null;
  workerCount: number | undefined;
  resume: boolean;
  replace: boolean;
  check: boolean;
};

export type ReadHistoryCommand =
  | { kind: 'command'; command: HistoryCommand }
  | { kind: 'mistakes'; mistakes: string[] };

const MOST_WORKERS = 64;

/** Reads the options; `nowMs` gives the default end, Seoul's last midnight. */
export function readHistoryCommand(options: HistoryOptions, nowMs: number): ReadHistoryCommand {
  const mistakes: string[] = [];
  const number = (text: string | undefined, otherwise: number): number => {
    if (text === undefined) return otherwise;
    return /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  };
  const settings: HistorySettings = {
    preset: (options.preset ?? DEFAULT_SETTINGS.preset) as PresetName,
    seed: number(options.seed, DEFAULT_SETTINGS.seed),
    people: number(options.people, DEFAULT_SETTINGS.people),
    products: number(options.products, DEFAULT_SETTINGS.products),
    days: number(options.days, DEFAULT_SETTINGS.days),
    untilMs: readUntil(options.until, nowMs),
    growth: (options.growth ?? DEFAULT_SETTINGS.growth) as HistorySettings['growth'],
    orders: options.orders === undefined ? null : number(options.orders, 0),
    behaviourRatio: number(options.behaviour, DEFAULT_SETTINGS.behaviourRatio),
  };
  mistakes.push(...mistakesIn(settings).map((mistake) => withFoundText(mistake, options)));
  if (settings.untilMs > nowMs + 10 * 365 * DAY_MS) {
    mistakes.push(`--until is ${options.until}; needed is a date at most ten years ahead.`);
  }
  const into = options.into ?? 'postgres';
  if (into !== 'postgres' && into !== 'csv') mistakes.push(`--into is ${into}; needed is postgres or csv.`);
  const workerCount = options.workers === undefined ? undefined : number(options.workers, 0);
  if (
    workerCount !== undefined &&
    !(Number.isInteger(workerCount) && workerCount >= 1 && workerCount <= MOST_WORKERS)
  ) {
    mistakes.push(`--workers is ${options.workers}; needed is a whole number from 1 to ${MOST_WORKERS}.`);
  }
  if (options.resume === true && options.replace === true) {
    mistakes.push('--resume and --replace are both given; needed is one of them.');
  }
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes };
  const command: HistoryCommand = {
    settings,
    into: into as HistoryCommand['into'],
    out: options.out ?? null,
    workerCount,
    resume: options.resume ?? false,
    replace: options.replace ?? false,
    check: options.check ?? false,
  };
  return { kind: 'command', command };
}

/** A text that is no number is shown as it was given. */
function withFoundText(mistake: string, options: HistoryOptions): string {
  return mistake.replace(/^--(\w+) is (NaN|not a date)/, (_, name: string, problem: string) => {
    const given = Object.entries(options).find(([option]) => option === name)?.[1];
    return problem === 'NaN' ? `--${name} is ${given}` : `--${name} is ${given}, not a date`;
  });
}

/** A day (to its end, in Seoul) or an instant with its zone; NaN when it is neither. */
function readUntil(text: string | undefined, nowMs: number): number {
  if (text === undefined) return seoulDayStartMs(seoulDay(nowMs));
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const day = Date.parse(`${text}T00:00:00Z`);
    const isReal = Number.isFinite(day) && new Date(day).toISOString().startsWith(text);
    return isReal ? seoulDayStartMs(day / DAY_MS + 1) : Number.NaN;
  }
  return /T.*(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
}
