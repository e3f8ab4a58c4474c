// Reads docker-compose.yml and the Dockerfile as Docker would, as far as their tests need it: merged, defaults filled in.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

export const ROOT = resolve(import.meta.dirname, '..');
export const COMPOSE_FILE = join(ROOT, 'docker-compose.yml');

export type ComposeService = {
  image: string;
  build?: string;
  profiles?: string[];
  command?: string | string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  restart?: string;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { disable?: boolean; test?: string[] };
  deploy?: { replicas?: number };
};

/** The services of the compose file; `.env` is what a person would have written into that file. */
export function composeServices(env: Readonly<Record<string, string>> = {}): Record<string, ComposeService> {
  const text = readFileSync(COMPOSE_FILE, 'utf8');
  const { services } = parse(text, { merge: true }) as { services: Record<string, ComposeService> };
  return interpolated(services, env) as Record<string, ComposeService>;
}

/** `${NAME:-default}` in every text, `$$` as `$`; any other use of `$` is refused. */
function interpolated(value: unknown, env: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\$|\$\{(\w+):-([^}]*)\}|\$/g, (whole, name?: string, fallback?: string) => {
      if (whole === '$$') return '$';
      if (name === undefined)
        throw new Error(`"${value}" has a variable without a default; needed \${NAME:-default}.`);
      return env[name] || (fallback ?? '');
    });
  }
  if (Array.isArray(value)) return value.map((one) => interpolated(one, env));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, interpolated(one, env)]));
}

/** Whether a service runs our own image. */
export const isOurs = (service: ComposeService): boolean => service.build !== undefined;

export type Image = {
  /** Sources that are copied from the checkout, and the folder below /app they go to. */
  copies: { sources: string[]; target: string }[];
  /** Packages (or beginnings of their names, ending in `*`) that the image does without. */
  removedPackages: string[];
  entrypoint: string[];
  healthcheck: string[];
};

/** What a stage of the Dockerfile is made of: that of a name, or the last. */
export function readDockerfile(stage?: string): Image {
  const lines = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const starts = lines.flatMap((line, index) => (line.startsWith('FROM ') ? [index] : []));
  const start = starts.findLast((index) => stage === undefined || lines[index]?.endsWith(` AS ${stage}`));
  if (start === undefined) throw new Error(`The Dockerfile has no stage ${stage}.`);
  const ofStage = lines.slice(
    start,
    starts.find((index) => index > start),
  );
  const copies = ofStage.flatMap((line) => {
    const [word, ...paths] = line.split(/\s+/);
    if (word !== 'COPY' || paths[0]?.startsWith('--from=')) return [];
    return [{ sources: paths.slice(0, -1), target: paths.at(-1) ?? '' }];
  });
  const list = (pattern: RegExp) =>
    JSON.parse(ofStage.map((line) => pattern.exec(line)?.[1]).find(Boolean) ?? '[]');
  return {
    copies,
    removedPackages: [...lines.join('\n').matchAll(/ node_modules\/(\S+)/g)].map(([, name]) => name ?? ''),
    entrypoint: list(/^ENTRYPOINT (\[.*\])$/),
    healthcheck: list(/^HEALTHCHECK .* CMD (\[.*\])$/),
  };
}
