// A page of a list for a route that is asked for it by number.
const DEFAULT_PAGE_SIZE = 20;

export type ReadPage<Row> = { items: Row[]; page: number; pageSize: number; hasNext: boolean };

/** Reads one row more than is shown, which tells whether there is a next page. Pages count from 1; left out: the first, of 20. */
export async function readPage<Row>(
  { page = 1, pageSize = DEFAULT_PAGE_SIZE }: { page?: number; pageSize?: number },
  read: (rows: { limit: number; offset: number }) => Promise<Row[]>,
): Promise<ReadPage<Row>> {
  const rows = await read({ limit: pageSize + 1, offset: (page - 1) * pageSize });
  return { items: rows.slice(0, pageSize), page, pageSize, hasNext: rows.length > pageSize };
}
