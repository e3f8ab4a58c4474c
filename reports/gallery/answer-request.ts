// Which page belongs to which address of the gallery. Runs are looked up by their exact names among those listed, so
// that no address leads to another file.
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderReport } from '../html/render-report.ts';
import { readFinishedRun, readPartialRun } from '../record/read-run.ts';
import { observerAt } from '../record/status.ts';
import type { GalleryAssets } from './assets.ts';
import { type ComparedEntry, comparePage } from './compare-page.ts';
import { galleryPage } from './gallery-page.ts';
import type { EntryReader } from './list-entries.ts';
import { messagePage } from './page-shell.ts';
import { filterOfQuery } from './run-filter.ts';
import { renderUnfinishedReport } from './unfinished-page.ts';

export type GalleryAnswer = {
  status: 200 | 400 | 404 | 422;
  type: 'text/html' | 'text/css' | 'text/javascript';
  /** The report pages carry styles, script and data inside; the gallery's own pages do not. */
  policy: 'own' | 'report';
  body: string;
};

export type GalleryDeps = { root: string; entries: EntryReader; assets: GalleryAssets; now: () => Date };

export async function answerRequest(url: URL, deps: GalleryDeps): Promise<GalleryAnswer> {
  const { pathname, searchParams } = url;
  if (pathname === '/') {
    return page(200, galleryPage(deps.entries.list(), filterOfQuery(searchParams), deps.root));
  }
  if (pathname === '/assets/gallery.css') return asset('text/css', deps.assets.style);
  if (pathname === '/assets/gallery.js') return asset('text/javascript', deps.assets.script);
  if (pathname === '/compare') return compare(searchParams.getAll('run'), deps);
  const [, name] = /^\/runs\/([^/]+)\/?$/.exec(pathname) ?? [];
  if (name !== undefined) return runPage(textOf(name), deps);
  return page(404, messagePage('Nothing here', `The gallery has no page ${pathname}.`));
}

function compare(names: string[], deps: GalleryDeps): GalleryAnswer {
  const [first = '', second = ''] = names;
  if (names.length !== 2 || first === second) {
    const chosen = new Set(names).size;
    return page(400, messagePage('Choose two runs', `Found ${chosen} chosen, needed two different ones.`));
  }
  const [a, b] = [readable(first, deps), readable(second, deps)];
  if ('status' in a) return a;
  if ('status' in b) return b;
  return page(200, comparePage([a.entry, b.entry]));
}

/** The run of this name, or the answer that says why there is none. */
function readable(name: string, deps: GalleryDeps): { entry: ComparedEntry } | GalleryAnswer {
  const entry = deps.entries.find(name);
  if (entry === null) return page(404, messagePage('No such run', `Found no run "${name}".`));
  if (entry.kind === 'unreadable') {
    return page(422, messagePage('This run cannot be read', `${name}: ${entry.error}`));
  }
  return { entry };
}

async function runPage(name: string, deps: GalleryDeps): Promise<GalleryAnswer> {
  const found = readable(name, deps);
  if ('status' in found) return found;
  const { entry } = found;
  const directory = join(deps.root, entry.name);
  try {
    return { ...page(200, await reportOf(entry, directory, deps.now())), policy: 'report' };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return page(422, messagePage('This run cannot be read', message));
  }
}

/** The page the run left behind where it is younger than the result, else one made now; nothing is written. */
async function reportOf(entry: ComparedEntry, directory: string, now: Date): Promise<string> {
  if (entry.kind !== 'finished') return renderUnfinishedReport(readPartialRun(directory), observerAt(now));
  const written = join(directory, 'report.html');
  const isFresh =
    existsSync(written) && statSync(written).mtimeMs >= statSync(join(directory, 'result.json')).mtimeMs;
  return isFresh ? readFile(written, 'utf8') : renderReport(readFinishedRun(directory));
}

function page(status: GalleryAnswer['status'], body: string): GalleryAnswer {
  return { status, type: 'text/html', policy: 'own', body };
}

function asset(type: GalleryAnswer['type'], body: string): GalleryAnswer {
  return { status: 200, type, policy: 'own', body };
}

/** A part of a path as text; one that is not valid UTF-8 stays as it is and is found nowhere. */
function textOf(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
