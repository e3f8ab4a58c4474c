// Reads back the data that the page carries: base64 of gzip, JSON for the columns and bytes for the histograms.
import type { PageData } from '../../data/page-data.ts';

export type PageContent = { data: PageData; histograms: Uint8Array };

/** @throws Error when the page carries no data */
export async function readPageContent(): Promise<PageContent> {
  const [text, histograms] = await Promise.all([unpack('page-data'), unpack('page-histograms')]);
  return { data: JSON.parse(new TextDecoder().decode(text)) as PageData, histograms };
}

async function unpack(id: string): Promise<Uint8Array> {
  const element = document.getElementById(id);
  if (!element) throw new Error(`found no #${id} in the page, needed its data`);
  const bytes = Uint8Array.from(atob(element.textContent ?? ''), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
