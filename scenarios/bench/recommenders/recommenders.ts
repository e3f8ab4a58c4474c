// Bench: whether recommenders find a thing that was held out, on real baskets and on those of a generated history.
import { join } from 'node:path';
import { stampedeHome } from '../../../deploy/local/programs/state-directory.ts';
import { DEFAULT_SETTINGS } from '../../../sim/history/year/settings.ts';
import {
  type Bench,
  type BenchContext,
  type BenchRow,
  type BenchSize,
  counted,
  judged,
  lacking,
  reported,
} from '../bench.ts';
import { startBenchProgram } from '../programs/bench-program.ts';
import { type HeldOut, holdOut, LIST_LENGTH, type Quality, qualityOf } from './held-out.ts';
import { type HistoryBasketsInput, historyBaskets } from './history-baskets.ts';
import { byEase, byItemCosine, byPopularity } from './references.ts';
import { type Baskets, NoBasketsError, readBaskets, supermarketFile } from './supermarket-baskets.ts';

/** Published for the supermarket baskets (docs/recommenders-quality.md): hit rate and NDCG of ten. */
const PUBLISHED = {
  popularity: [0.5493, 0.3117],
  itemCosine: [0.5554, 0.3179],
  ease: [0.5772, 0.3347],
} as const;
const PUBLISHED_BASKETS = 4_591;
const LAMBDA = 500;
/** Of EASE's NDCG ours may lack so much. */
const NDCG_OF_EASE_AT_LEAST = 0.98;

const HISTORY: Record<BenchSize, HistoryBasketsInput> = {
  full: yearOf({ people: 40_000, itemCount: 500, leastItems: 5 }),
  check: yearOf({ people: 2_000, itemCount: 60, leastItems: 2 }),
};

function yearOf({
  people,
  itemCount,
  leastItems,
}: {
  people: number;
  itemCount: number;
  leastItems: number;
}) {
  const untilMs = Date.parse('2026-11-19T15:00:00Z');
  return { settings: { ...DEFAULT_SETTINGS, people, untilMs }, itemCount, leastItems };
}

/** Every recommender's lists for the same baskets. */
type Lists = Record<'popularity' | 'itemCosine' | 'ours' | 'userCf' | 'coPurchase' | 'ease', number[][]>;

async function rankAll(context: BenchContext, baskets: HeldOut): Promise<Lists> {
  const program = await startBenchProgram({ path: 'system/bench/rank-baskets.ts', folder: context.folder });
  try {
    const shop = await program.ask<{ itemWeights: number[][]; userCf: number[][]; coPurchase: number[][] }>({
      known: baskets.known,
      listLength: LIST_LENGTH,
    });
    return {
      popularity: byPopularity(baskets),
      itemCosine: byItemCosine(baskets),
      ours: shop.itemWeights,
      userCf: shop.userCf,
      coPurchase: shop.coPurchase,
      ease: byEase(LAMBDA)(baskets),
    };
  } finally {
    await program.stop();
  }
}

/** Rows of one set of baskets; `published` figures are told beside what is measured. */
async function measure(
  context: BenchContext,
  name: string,
  { itemCount, baskets }: Baskets,
  published: Partial<Record<string, readonly [hitRate: number, ndcg: number]>> = {},
): Promise<BenchRow[]> {
  context.view.detail(`${name}: ${baskets.length.toLocaleString('en-US')} baskets`);
  const heldOut = holdOut(itemCount, baskets);
  const lists = await rankAll(context, heldOut);
  const quality = (recommender: keyof Lists): Quality => qualityOf(heldOut.heldOut, lists[recommender]);
  const rows = (Object.keys(lists) as (keyof Lists)[]).flatMap((recommender) => {
    const { hitRate, ndcg } = quality(recommender);
    const [publishedHitRate, publishedNdcg] = published[recommender] ?? [];
    return [
      noted(reported(`${name}.${recommender} HR@10`, hitRate, ''), publishedHitRate),
      noted(reported(`${name}.${recommender} NDCG@10`, ndcg, ''), publishedNdcg),
    ];
  });
  const [popularity, ours, ease] = [quality('popularity'), quality('ours'), quality('ease')];
  return [
    ...rows,
    judged(`${name}.ours ÷ EASE NDCG`, ours.ndcg / ease.ndcg, '×', { atLeast: NDCG_OF_EASE_AT_LEAST }),
    judged(`${name}.ours ÷ popularity NDCG`, ours.ndcg / popularity.ndcg, '×', { atLeast: 1 }),
    judged(`${name}.ours ÷ popularity HR`, ours.hitRate / popularity.hitRate, '×', { atLeast: 1 }),
    reported(`${name}.EASE ÷ popularity NDCG`, ease.ndcg / popularity.ndcg, '×'),
    reported(`${name}.EASE ÷ popularity HR`, ease.hitRate / popularity.hitRate, '×'),
    counted(`${name}.lists`, lists.ours.length, heldOut.heldOut.length, 'baskets'),
  ];
}

const noted = (row: BenchRow, published: number | undefined): BenchRow =>
  published === undefined ? row : { ...row, note: `published ${published}` };

async function supermarket(context: BenchContext): Promise<BenchRow[]> {
  try {
    const text = await supermarketFile(join(stampedeHome(), 'baskets'), context.stop);
    const baskets = readBaskets(text);
    const rows = await measure(context, 'supermarket', baskets, PUBLISHED);
    const usable = baskets.baskets.filter(({ length }) => length > 1).length;
    return [...rows, counted('supermarket.baskets', usable, PUBLISHED_BASKETS, 'baskets')];
  } catch (error) {
    if (!(error instanceof NoBasketsError)) throw error;
    return [lacking('supermarket.ours ÷ EASE NDCG', '×', { atLeast: NDCG_OF_EASE_AT_LEAST }, error.message)];
  }
}

export const recommenders: Bench = {
  name: 'recommenders',
  question: 'a thing held out of real and of generated baskets, in the ten that are recommended',
  expectedSeconds: 60,
  run: async (context) => [
    ...(await supermarket(context)),
    ...(await measure(context, 'history', historyBaskets(HISTORY[context.size]))),
  ],
};
