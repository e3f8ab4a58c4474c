import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { bashCompletion, wordsOfHelp, zshCompletion } from './completion.ts';

const HELP = `Usage: stampede stack [options] [command]

The services alone.

Options:
  -h, --help     display help for command (see --urls)

Commands:
  up [options]   find or start them; with a text that goes on
                 below
  down           end them
Next:
  nothing        is offered here
`;

test('a help text offers its listed words and its options, each once', () => {
  expect(wordsOfHelp(HELP, 'stack')).toEqual(['up', 'down', '--help', '--urls']);
});

test('a help text in lines of usage offers what stands behind the name', () => {
  const help = 'npx stampede baseline save NAME [--out FILE]   keep\nnpx stampede baseline list   all\n';
  expect(wordsOfHelp(help, 'baseline')).toEqual(['save', 'list', '--out']);
});

const commands = new Map([
  ['stack', ['up', 'down', '--help']],
  ['report', ['--serve']],
]);

/** What Bash would offer for the last of these words. */
function offered(...words: string[]): string[] {
  const script = `${bashCompletion(commands)}
COMP_WORDS=(stampede "$@"); COMP_CWORD=$#; _stampede; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, status } = spawnSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' });
  expect(status).toBe(0);
  return stdout.split('\n').filter(Boolean);
}

test('Bash offers commands, and behind a command its words', () => {
  expect(offered('')).toEqual(['stack', 'report']);
  expect(offered('re')).toEqual(['report']);
  expect(offered('stack', '')).toEqual(['up', 'down', '--help']);
  expect(offered('report', '--s')).toEqual(['--serve']);
  expect(offered('unknown', '')).toEqual([]);
});

test('Zsh is told the same', () => {
  const script = zshCompletion(commands);
  expect(script).toMatch(/^#compdef stampede\n/);
  expect(script).toContain('compadd -- stack report\n');
  expect(script).toContain('    stack) compadd -- up down --help ;;\n');
});
