// The token by which this machine is known to owners of shops: made once, kept in the state directory, or given as STAMPEDE_TOKEN.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stampedeHome } from '../../../../deploy/local/programs/state-directory.ts';

/** Makes and keeps one where there is none. */
export function ownToken(environment: NodeJS.ProcessEnv): string {
  const given = environment.STAMPEDE_TOKEN;
  if (given !== undefined && given !== '') return given;
  const home = stampedeHome(environment);
  const file = join(home, 'token');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const token = randomBytes(16).toString('hex');
  mkdirSync(home, { recursive: true });
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  return token;
}
