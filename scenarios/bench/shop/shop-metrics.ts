// What a process of the shop holds on its heap, by its own metrics.

/** Bytes in use, those that are not needed any more and were not collected yet among them. */
export async function heapBytes(shopUrl: string): Promise<number> {
  const text = await (await fetch(`${shopUrl}/metrics`)).text();
  const found = /^nodejs_heap_size_used_bytes (\S+)$/m.exec(text)?.[1];
  if (found === undefined) throw new Error(`${shopUrl}/metrics does not tell nodejs_heap_size_used_bytes.`);
  return Number(found);
}
