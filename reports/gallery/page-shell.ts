// What all pages of the gallery share: the document around them, its title line and its way home.
import { html, type Markup } from '../html/markup/markup.ts';

/** Styles and script come from this server alone; the policy in its headers allows nothing else. */
export function pageShell(options: {
  title: string;
  body: Markup;
  /** Put into the page for its script. */
  data?: Markup;
}): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${options.title} · Stampede</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/gallery.css">
<script type="module" src="/assets/gallery.js"></script>
</head>
<body>
<main>
${options.body}
</main>
${options.data}
</body>
</html>
`.markup;
}

/** Where a run's own page is. */
export function runAddress(name: string): string {
  return `/runs/${encodeURIComponent(name)}`;
}

/** A page that says one thing, e.g. that something was not found. */
export function messagePage(heading: string, message: string): string {
  return pageShell({
    title: heading,
    body: html`<p class="run-line"><a href="/">All runs</a></p><h1>${heading}</h1><p class="message">${message}</p>`,
  });
}
