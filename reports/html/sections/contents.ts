// The list of the page's parts, made from the page itself, so that none is forgotten.
import { html, type Markup, raw } from '../markup/markup.ts';

const PART = /<section id="([^"]+)" aria-labelledby="[^"]+">\n<h2 id="[^"]+">([^<]+)<\/h2>/g;

/** Links to every section of a finished page body, in its order. */
export function contentsList(body: Markup): Markup {
  const links = [...body.markup.matchAll(PART)].map(
    ([, id = '', heading = '']) => html`<li><a href="#${raw(id)}">${raw(heading)}</a></li>`,
  );
  return html`<nav class="contents" aria-label="Contents"><button type="button" class="contents-button" aria-expanded="false">Contents: <span></span></button><ol>${links}</ol></nav>`;
}
