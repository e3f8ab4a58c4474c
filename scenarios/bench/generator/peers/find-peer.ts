// Where a peer is installed: on PATH, or where npm has it without fetching anything.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Peer } from './peers.ts';

/** The command and its first words. */
export type PeerCommand = readonly [command: string, ...args: string[]];

export type Machine = {
  path: string;
  exists(file: string): boolean;
  /** Whether `npx --no-install NAME --version` ends well. */
  npmHas(name: string): boolean;
};

const thisMachine = (): Machine => ({
  path: process.env.PATH ?? '',
  exists: existsSync,
  npmHas: (name) =>
    spawnSync('npx', ['--no-install', name, '--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0,
});

/** Null where it is not installed. */
export function findPeer({ name, isOfNpm }: Peer, machine: Machine = thisMachine()): PeerCommand | null {
  const file = machine.path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(machine.exists);
  if (file !== undefined) return [file];
  return isOfNpm && machine.npmHas(name) ? ['npx', '--no-install', name] : null;
}

/** "no vegeta on PATH", "no artillery on PATH nor by `npx --no-install`". */
export function missingText({ name, isOfNpm }: Peer): string {
  return `no ${name} on PATH${isOfNpm ? ' nor by `npx --no-install`' : ''}`;
}
