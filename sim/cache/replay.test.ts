// What a replay counts. The models themselves are held against the shop's own policies in system/cache; how far they are from
// theory is judged by the question that replays them.
import { describe, expect, it } from 'vitest';
import { CACHE_MODELS, type CacheModelSettings } from '../../system/contract/cache-models.ts';
import { createRandom } from '../model/chance/random.ts';
import { replay } from './replay.ts';
import { type CacheAccess, drawAccesses, zipfShares } from './stream.ts';

const settings: CacheModelSettings = {
  sizeCount: 2,
  ttlMs: 3_000,
  earlyRefreshBeta: 0,
  loadMs: 20,
  refreshEveryMs: 60_000,
  hotKeys: () => [2],
  maxBytes: 2_000,
  bytesOf: () => 1_000,
  random: () => 0.5,
};
const ONE_BY_ONE = { warmUpReads: 0, refreshMs: null };

/** One second apart. */
function accesses(...steps: (number | `write ${number}`)[]): CacheAccess[] {
  return steps.map((step, index) =>
    typeof step === 'number'
      ? { is: 'read', product: step, atMs: index * 1_000 }
      : { is: 'write', product: Number(step.slice('write '.length)), atMs: index * 1_000 },
  );
}

describe('a replay', () => {
  it('counts hits, and as loads what the database answered', () => {
    const cache = CACHE_MODELS['read-through'](settings);
    expect(replay(accesses(1, 2, 1, 3, 1, 2), cache, ONE_BY_ONE)).toMatchObject({
      readCount: 6,
      hitCount: 2,
      loadCount: 4,
    });
  });

  it('counts nothing of the warm-up', () => {
    const cache = CACHE_MODELS['read-through'](settings);
    expect(replay(accesses(1, 2, 1, 1), cache, { warmUpReads: 2, refreshMs: null })).toMatchObject({
      readCount: 2,
      hitCount: 2,
      loadCount: 0,
    });
  });

  it('calls a hit stale that does not show the last write, and none once it was loaded again', () => {
    const steps = [1, 'write 1', 1, 1, 1] as const;
    // Loaded at 0 s for 3 s: the hit at 2 s is stale by 1 s, the read at 3 s loads.
    expect(replay(accesses(...steps), CACHE_MODELS.ttl(settings), ONE_BY_ONE)).toMatchObject({
      hitCount: 2,
      staleCount: 1,
      stalestMs: 1_000,
    });
    expect(replay(accesses(...steps), CACHE_MODELS['write-invalidate'](settings), ONE_BY_ONE)).toMatchObject({
      staleCount: 0,
    });
  });

  it('takes the copies of a hot set for as old as its last refresh', () => {
    const cache = CACHE_MODELS.worker(settings);
    expect(replay(accesses(2, 'write 2', 2, 2), cache, { warmUpReads: 0, refreshMs: 60_000 })).toMatchObject({
      staleCount: 2,
      stalestMs: 2_000,
    });
  });

  it('of the same seed draws the same stream, with reads and writes in the ratio of their rates', () => {
    const law = { shares: zipfShares(100, 1), readsPerSecond: 9, writesPerSecond: 1 };
    const drawn = () => [...drawAccesses(law, 9_000, createRandom(7, 'reads'))];
    const all = drawn();
    expect(drawn()).toEqual(all);
    const writeRatio = all.filter(({ is }) => is === 'write').length / all.length;
    expect(Math.abs(writeRatio - 0.1)).toBeLessThan(0.02);
    expect(Math.abs((all.at(-1)?.atMs ?? 0) / 1_000 - 1_000)).toBeLessThan(50);
  });
});
