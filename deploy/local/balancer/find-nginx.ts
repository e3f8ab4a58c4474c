// Where nginx is.
import { existsSync } from 'node:fs';

const USUAL_PLACES = [
  '/usr/sbin/nginx',
  '/usr/local/sbin/nginx',
  '/usr/bin/nginx',
  '/opt/homebrew/bin/nginx',
];

export type NginxSearch = { path: string } | { missing: string };

/** At NGINX_PATH, else in the usual places; or one line about what to do. */
export function findNginx(
  environment: { NGINX_PATH?: string | undefined },
  exists: (path: string) => boolean = existsSync,
): NginxSearch {
  const wanted = environment.NGINX_PATH;
  const path = (wanted ? [wanted] : USUAL_PLACES).find(exists);
  if (path !== undefined) return { path };
  const advice = 'apt-get install nginx-light, or name one in NGINX_PATH';
  return { missing: `found no nginx at ${wanted ?? USUAL_PLACES[0]}, needed one: ${advice}` };
}
