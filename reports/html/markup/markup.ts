// Builds HTML in which everything that comes from data is escaped: only text written in the templates is markup.

/** A piece of finished HTML. */
export type Markup = { readonly markup: string };

type Value = string | number | Markup | readonly Value[] | null | undefined | false;

/** Template tag: interpolated text is escaped, Markup and lists of it stand as they are, null and false are nothing. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Markup {
  let markup = parts[0] ?? '';
  for (const [index, value] of values.entries()) markup += render(value) + (parts[index + 1] ?? '');
  return { markup };
}

/** Text of our own (styles, bundled scripts) that is markup already. */
export function raw(markup: string): Markup {
  return { markup };
}

/** Escapes for text and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function render(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  if ('markup' in value) return value.markup;
  return value.map(render).join('');
}
