// Markup whose every inserted text is escaped: the only way in which this client writes HTML.

/** Markup that is safe to show; made by `html` alone. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

export type HtmlPart = string | number | Html | readonly Html[] | null | false | undefined;

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function markupOf(part: HtmlPart): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'object') return part.map(markupOf).join('');
  return String(part).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** A template whose texts are escaped; `null`, `undefined` and `false` show nothing. Attributes need quotes. */
export function html(strings: TemplateStringsArray, ...parts: HtmlPart[]): Html {
  return new Html(strings.map((text, index) => text + markupOf(parts[index])).join(''));
}

/** Shows markup inside an element, in place of what was there. */
export function show(element: { innerHTML: string }, content: Html): void {
  element.innerHTML = content.markup;
}
