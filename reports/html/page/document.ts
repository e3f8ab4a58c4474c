// The document around a page that stands alone: one HTML file with styles, script and data inside, nothing from the network.
import { createHash } from 'node:crypto';
import { html, type Markup, raw } from '../markup/markup.ts';

export type DocumentParts = {
  title: string;
  style: string;
  /** Everything between the body's tags but data and script. */
  body: Markup;
  /** What draws and its data's elements; without it the page is static and runs nothing. */
  script?: { text: string; data: Markup };
};

/** The whole page as text. The content security policy allows this page's own script and nothing from elsewhere. */
export function pageDocument({ title, style, body, script }: DocumentParts): string {
  const own =
    script === undefined ? `'none'` : `'sha256-${createHash('sha256').update(script.text).digest('base64')}'`;
  const policy = `default-src 'none'; script-src ${own}; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Stampede">
<title>${title} · Stampede</title>
<style>${raw(style)}</style>
</head>
<body>
${body}
${
  script === undefined
    ? null
    : html`${script.data}
<script>${raw(script.text)}</script>`
}
</body>
</html>
`.markup;
}
