import { expect, it } from 'vitest';
import { refused } from './refused.ts';
import { readAll, readPage, type Slice } from './slices.ts';

/** A shop with so many entries, and the slices that it was asked for. */
function shopOf(count: number) {
  const asked: Slice[] = [];
  const read = async (slice: Slice) => {
    asked.push(slice);
    const ids = Array.from({ length: count }, (_, index) => ({ id: `item-${index + 1}` }));
    return { items: ids.slice(slice.skip, slice.skip + slice.take), total: count };
  };
  return { asked, read };
}

it('reads a list of any length to its end, in slices that follow each other', async () => {
  for (const count of [0, 1, 99, 100, 101, 250]) {
    const { asked, read } = shopOf(count);
    const found = await readAll(read);
    expect(found.map(({ id }) => id)).toEqual(
      Array.from({ length: count }, (_, index) => `item-${index + 1}`),
    );
    expect(asked).toHaveLength(Math.max(1, Math.ceil(count / 100)));
  }
});

it('reads on by entries where one of them became several things, or none', async () => {
  const { asked, read } = shopOf(150);
  const doubled = await readAll(async (slice) => {
    const { items, total } = await read(slice);
    const things = slice.skip === 0 ? [] : items.flatMap((item) => [item, item]);
    return { items: things, total, entryCount: items.length };
  });
  expect(asked).toHaveLength(2);
  expect(doubled).toHaveLength(100);
});

it('reads all of a list of which the shop gives less at once than it is asked for', async () => {
  const { asked, read } = shopOf(130);
  const found = await readAll((slice) => read({ ...slice, take: Math.min(50, slice.take) }));
  expect(found.map(({ id }) => id)).toEqual(Array.from({ length: 130 }, (_, index) => `item-${index + 1}`));
  expect(asked.map(({ skip }) => skip)).toEqual([0, 50, 100]);
});

it('says so where a shop stops before its total has come', async () => {
  const ends = async ({ skip }: Slice) => ({
    items: skip < 50 ? Array(50).fill({ id: 'item' }) : [],
    total: 80,
  });
  await expect(readAll(ends)).rejects.toThrow(
    'nothing came after the first 50 entries, needed are all of its 80',
  );
});

it('gives a visitor one page, and whether another follows', async () => {
  const { asked, read } = shopOf(41);
  const second = await readPage(2, read);
  expect(second.items).toHaveLength(20);
  expect(second.hasNext).toBe(true);
  expect(await readPage(3, read)).toEqual({ items: [{ id: 'item-41' }], hasNext: false });
  expect(asked).toEqual([
    { skip: 20, take: 20 },
    { skip: 40, take: 20 },
  ]);
});

it('says so where nobody knows how many there are, and reads no half of it', async () => {
  const noTotal = async () => ({ items: [{ id: 'item-1' }], total: Number(undefined) });
  await expect(readAll(noTotal)).rejects.toThrow('a list: its total is NaN (number), needed is how many');
  await expect(readPage(1, noTotal)).rejects.toThrow('a list: its total is NaN (number), needed is how many');
});

it('calls want of stock by one name, and leaves every other no in the shop’s own word', () => {
  expect(refused('INSUFFICIENT_STOCK_ERROR')).toEqual({ is: 'rejected', because: 'sold-out' });
  expect(refused('Some variant does not have the required inventory').because).toBe('sold-out');
  expect(refused('order-state-error', 'not enough stock of one line').because).toBe('sold-out');
  expect(refused('Sold out!').because).toBe('sold-out');
  expect(refused('payment-declined', 'the card was refused').because).toBe('payment-declined');
});
