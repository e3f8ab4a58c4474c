// Reads out of memory samples how much the shop holds, and whether it leaks: what is held late in a run beside what was held once
// it was warm.
import { median as medianOf } from 'simple-statistics';
import { NOT_THE_SHOP } from '../../reports/record/series.ts';

/** Samples from these parts of the run are compared: the second fifth, warm by then, and the last. */
const EARLY = { from: 0.2, to: 0.4 };
const LATE = { from: 0.8, to: 1 };

export type Reading = (samples: readonly number[]) => number;

/**
 * Late minus early in MB (10⁶ bytes); `reading` makes one figure of a window's samples (median for resident memory, the
 * smallest for a heap that is collected now and then). NaN with fewer than ten samples.
 */
export function growthMb(bytes: readonly number[], reading: Reading): number {
  if (bytes.length < 10) return Number.NaN;
  const windowOf = ({ from, to }: typeof EARLY) =>
    bytes.slice(Math.floor(from * bytes.length), Math.floor(to * bytes.length));
  return (reading(windowOf(LATE)) - reading(windowOf(EARLY))) / 1e6;
}

/** Services grow by what they are told to keep: PostgreSQL's buffers, the heaps of Kafka and OpenSearch. */
const SERVICES = new Set(['postgres', 'redis', 'kafka', 'opensearch']);

/**
 * By how many MB the median resident memory of the shop's own processes together, of the generator and of the rehearsal grew
 * over a run; null where it was too short to tell.
 * @param seconds resident bytes by process, a second each, in order
 */
export function memoryGrowthMb(
  seconds: readonly Readonly<Record<string, number>>[],
): { shop: number; generator: number; rehearsal: number } | null {
  if (seconds.length < 10) return null;
  const grownBy = (bytesOf: (memory: Readonly<Record<string, number>>) => number) =>
    growthMb(seconds.map(bytesOf), (samples) => medianOf([...samples]));
  return {
    shop: grownBy(shopBytes),
    generator: grownBy(({ generator = 0 }) => generator),
    rehearsal: grownBy(({ rehearsal = 0 }) => rehearsal),
  };
}

/** The median resident memory of the shop's own processes together, in MB; null where nothing was read. */
export function shopMemoryMb(seconds: readonly Readonly<Record<string, number>>[]): number | null {
  const bytes = seconds.map(shopBytes).filter((sum) => sum > 0);
  return bytes.length === 0 ? null : medianOf(bytes) / 1e6;
}

function shopBytes(memory: Readonly<Record<string, number>>): number {
  return Object.entries(memory).reduce(
    (sum, [name, bytes]) => (SERVICES.has(name) || NOT_THE_SHOP.has(name) ? sum : sum + bytes),
    0,
  );
}
