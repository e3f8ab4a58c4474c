// Reads back the data that the page carries: JSON, gzip, base64.
import type { PageData } from '../page-data.ts';

/** @throws Error when the page carries no data */
export async function readPageData(): Promise<PageData> {
  const element = document.getElementById('page-data');
  if (!element) throw new Error('found no #page-data in the page, needed its data');
  const bytes = Uint8Array.from(atob(element.textContent ?? ''), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).json()) as PageData;
}
