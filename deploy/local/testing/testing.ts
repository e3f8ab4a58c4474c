// What the integration tests of deploy/ share: a state directory of its own, programs run to their end, a certificate.
// Not used by the stack itself.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { homePaths, stampedeHome } from '../programs/state-directory.ts';

/** A new state directory that other accounts can enter, with the Kafka jars of this machine's own. */
export function temporaryHome(name: string): string {
  const home = mkdtempSync(join(tmpdir(), `stampede-${name}-`));
  chmodSync(home, 0o755);
  const libs = homePaths(stampedeHome()).kafkaLibs;
  if (existsSync(libs)) symlinkSync(libs, join(home, 'kafka-libs'));
  return home;
}

/** This process's environment without anything that says where services are. */
export function environmentWithoutAddresses(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(DATABASE_URL|REDIS_URL|KAFKA_.*)$/.test(name)),
  );
}

/** Runs a Node program to its end; gives its exit code and all that it said. */
export async function runProgram(
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; cwd?: string },
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += String(chunk);
    });
  }
  const code = await new Promise<number | null>((settle, fail) => {
    child.once('error', fail);
    child.once('close', settle);
  });
  return { code, said };
}

/** A certificate for 127.0.0.1 and localhost that is its own authority, made by openssl. */
export function selfSignedCertificate(folder: string): {
  certificate: string;
  key: string;
  keyStore: string;
} {
  const certificate = join(folder, 'certificate.pem');
  const key = join(folder, 'key.pem');
  const { status, stderr } = spawnSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost', '-keyout', key, '-out', certificate],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`openssl ended with ${status}: ${stderr}`);
  const keyStore = `${readFileSync(key, 'utf8')}${readFileSync(certificate, 'utf8')}`;
  return { certificate, key, keyStore };
}
