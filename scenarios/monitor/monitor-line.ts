// The line that the monitor draws, from figures that were read: pure text.
import { CACHE_KINDS, type HotSetMeta } from '../../system/contract/cache.ts';
import { hitRatioOf, memoryText, percentText, turnOf } from '../../system/contract/cache-figure-rules.ts';
import type { CacheFigures, RedisFigures } from '../../system/contract/cache-figures.ts';

/** What one look found; a text says why something is not known. */
export type Look = {
  /** Wall clock, Unix ms. */
  atMs: number;
  /** The shop's clock at this moment where a process tells it; null: it is taken for the wall clock. */
  shopNowMs: number | null;
  redis: { meta: HotSetMeta | null; figures: RedisFigures } | string;
  /** `null`: nobody named a shop. */
  shop: { reads: CacheFigures['reads']; evictedCount: number } | string | null;
};

const BAR_LENGTH = 20;
const TIME_LENGTH = 'hh:mm:ss'.length;

/** `[11:45:35] [15/50s ######--------------] | MEM: 2.25M | HIT: 100.0% | CACHE: users=1000, products=1000 | refreshes: 1 | evictions: 0` */
export function monitorLine(look: Look): string {
  const { redis, shop } = look;
  const evictedCount =
    (typeof redis === 'string' ? 0 : redis.figures.evictedCount) +
    (typeof shop === 'string' || shop === null ? 0 : shop.evictedCount);
  const parts = [
    `[${timeText(look.atMs)}] ${turnText(look)}`,
    `MEM: ${typeof redis === 'string' ? '–' : memoryText(redis.figures.usedMemoryBytes)}`,
    `HIT: ${percentText(typeof shop === 'string' || shop === null ? null : hitRatioOf(Object.values(shop.reads)))}`,
    `CACHE: ${setText(redis)}`,
    `evictions: ${evictedCount}`,
    ...(typeof redis === 'string' ? [`Redis is away: ${redis}`] : []),
    ...(typeof shop === 'string' ? [`the shop is away: ${shop}`] : []),
  ];
  return parts.join(' | ');
}

/** A second line: hits of all reads, by kind. Empty where no shop tells. */
export function kindsLine({ shop }: Look): string {
  if (shop === null || typeof shop === 'string') return '';
  const kinds = CACHE_KINDS.map((kind) => {
    const { hit, miss, bypass } = shop.reads[kind];
    const readCount = hit + miss + bypass;
    const of = `${percentText(hitRatioOf([shop.reads[kind]]))} of ${readCount.toLocaleString('en')}`;
    return `${kind} ${of}${bypass === 0 ? '' : ` (${bypass.toLocaleString('en')} past Redis)`}`;
  });
  return `           reads since the shop started: ${kinds.join(' · ')}`;
}

/**
 * What a change of makes a new line where lines stay: a refresh, or something that went away or came back. The same text, no
 * line.
 */
export function changeKey({ redis, shop }: Look): string {
  const set = typeof redis === 'string' ? 'away' : (redis.meta?.version ?? 'none');
  return `${set} ${typeof shop === 'string' ? 'away' : 'there'}`;
}

function timeText(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB', { hourCycle: 'h23' }).slice(0, TIME_LENGTH);
}

function turnText({ redis, atMs, shopNowMs }: Look): string {
  if (typeof redis === 'string' || redis.meta === null) return `[no set ${'-'.repeat(BAR_LENGTH)}]`;
  const { elapsedSeconds, everySeconds } = turnOf(redis.meta, shopNowMs ?? atMs);
  const ratio = everySeconds === 0 ? 1 : Math.min(1, elapsedSeconds / everySeconds);
  const filled = Math.floor(ratio * BAR_LENGTH);
  return `[${elapsedSeconds}/${everySeconds}s ${'#'.repeat(filled)}${'-'.repeat(BAR_LENGTH - filled)}]`;
}

function setText(redis: Look['redis']): string {
  if (typeof redis === 'string') return '– | refreshes: –';
  const { customerCount = 0, productCount = 0, version = 0 } = redis.meta ?? {};
  return `users=${customerCount}, products=${productCount} | refreshes: ${version}`;
}
