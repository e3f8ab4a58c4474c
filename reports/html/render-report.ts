// Makes the page of a run: one HTML file with styles, scripts and compressed data inside, nothing from the network.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build } from 'esbuild';
import type { FinishedRun } from '../record/read-run.ts';
import { buildPageData } from './build-page-data.ts';
import { html, type Markup, raw } from './markup.ts';
import { pageBody } from './page-body.ts';

const compress = promisify(gzip);

/** The whole page as text. The content security policy allows this page's own script and nothing from elsewhere. */
export async function renderReport(run: FinishedRun): Promise<string> {
  const bundling = bundleClient();
  const { data: columns, histograms } = buildPageData(run);
  const [script, style, data] = await Promise.all([
    bundling,
    readFile(join(import.meta.dirname, 'report.css'), 'utf8'),
    compress(JSON.stringify(columns), { level: 9 }),
  ]);
  const scriptHash = createHash('sha256').update(script).digest('base64');
  const policy = `default-src 'none'; script-src 'sha256-${scriptHash}'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'`;
  return page(run, {
    policy,
    style: raw(style),
    script: raw(script),
    data: data.toString('base64'),
    histograms: histograms.toString('base64'),
  }).markup;
}

type Assets = { policy: string; style: Markup; script: Markup; data: string; histograms: string };

function page(run: FinishedRun, { policy, style, script, data, histograms }: Assets): Markup {
  const { manifest, result } = run;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Stampede">
<title>${result.verdict} · ${manifest.title} · Stampede</title>
<style>${style}</style>
</head>
<body>
${pageBody(run)}
<script type="application/octet-stream" id="page-data">${data}</script>
<script type="application/octet-stream" id="page-histograms">${histograms}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** The client's TypeScript with the used parts of chart.js, as one script. */
async function bundleClient(): Promise<string> {
  const bundle = await build({
    entryPoints: [join(import.meta.dirname, 'client', 'main.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'inline',
    logLevel: 'silent',
  });
  const [file] = bundle.outputFiles;
  if (!file) throw new Error('reports/html/client/main.ts: found no output of esbuild, needed one script');
  return file.text.trim();
}
