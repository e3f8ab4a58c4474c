// What a process of the shop says of itself, by its own metrics.

/** Reads them all at once. The function that it gives takes a name and throws where the process does not tell that metric. */
export async function readShopMetrics(shopUrl: string): Promise<(name: string) => number> {
  const text = await (await fetch(`${shopUrl}/metrics`)).text();
  return (name) => {
    const found = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
    if (found === undefined) throw new Error(`${shopUrl}/metrics does not tell ${name}.`);
    return Number(found);
  };
}

/** Bytes in use on the heap, those that are not needed any more and were not collected yet among them. */
export async function heapBytes(shopUrl: string): Promise<number> {
  const read = await readShopMetrics(shopUrl);
  return read('nodejs_heap_size_used_bytes');
}
