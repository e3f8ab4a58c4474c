// Brings a shop database's schema up to date, by the shop's own command.
import { join } from 'node:path';
import { startProgram } from '../../deploy/local/programs.ts';
import { repositoryRoot } from './repository.ts';

/** @throws Error that names the log when the migrations fail */
export async function migrate(databaseUrl: string): Promise<void> {
  const program = await startProgram({
    name: 'shop-migrate',
    command: process.execPath,
    args: [join(repositoryRoot, 'system/main.ts'), 'migrate'],
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  const { code } = await program.exited;
  if (code !== 0)
    throw new Error(`The shop's migrations ended with exit code ${code}; see ${program.logFile}.`);
}
