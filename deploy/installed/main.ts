// `stampede [NAME …]`: finds the program of a name and runs it here, with the words behind the name as its own. Exit codes are
// that program's; 3 for a name that there is not.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { Argument, Command } from 'commander';
import { exitWith } from '../local/programs/exit-with.ts';
import { REPOSITORY_ROOT } from '../local/programs/state-directory.ts';
import { bashCompletion, type CommandWords, wordsOfHelp, zshCompletion } from './completion.ts';
import { nameAsTyped } from './named-as-typed.ts';

type Commands = Record<string, { entry: string; does?: string }>;
const { COMMANDS } = createRequire(import.meta.url)('../commands.cjs') as { COMMANDS: Commands };

const typedAs = process.env.STAMPEDE_TYPED_AS ?? 'stampede';
for (const stream of [process.stdout, process.stderr]) nameAsTyped(stream, typedAs, Object.keys(COMMANDS));

const versionOfPackage = (): string =>
  (JSON.parse(readFileSync(join(REPOSITORY_ROOT, 'package.json'), 'utf8')) as { version: string }).version;

/** Its help, its mistakes and its exit code are the program's own. */
function passedOn(name: string, { entry, does }: Commands[string]): Command {
  return new Command(name)
    .description(does ?? '')
    .argument('[words...]')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (words: string[]) => {
      const program = join(REPOSITORY_ROOT, entry);
      process.argv = [process.execPath, program, ...words];
      await import(pathToFileURL(program).href);
    });
}

const completion = (): Command =>
  new Command('completion')
    .description('what your shell offers at Tab: put it where the shell looks')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh']))
    .action(async (shell: string) => {
      const words = await wordsOfCommands();
      process.stdout.write(shell === 'bash' ? bashCompletion(words) : zshCompletion(words));
    });

/** Asks every command for its help. */
async function wordsOfCommands(): Promise<CommandWords> {
  process.stderr.write('Asking the commands what they can do …\n');
  const run = promisify(execFile);
  const asked = Object.keys(COMMANDS).map(async (name): Promise<[string, string[]]> => {
    const { stdout } = await run(process.execPath, [
      join(import.meta.dirname, 'stampede.cjs'),
      name,
      '--help',
    ]);
    return [name, wordsOfHelp(stdout, name)];
  });
  return new Map([...(await Promise.all(asked)), ['completion', ['bash', 'zsh']]]);
}

function program(): Command {
  const command = new Command(typedAs)
    .description("Rehearse your shop's busiest hour before it happens.")
    .version(versionOfPackage())
    .enablePositionalOptions()
    .configureHelp({ subcommandTerm: (each) => each.name() })
    .addHelpText('after', `\nWhat a command can do: ${typedAs} NAME --help`);
  for (const [name, found] of Object.entries(COMMANDS)) command.addCommand(passedOn(name, found));
  command.addCommand(completion()).helpCommand(false);
  for (const each of [command, ...command.commands]) each.exitOverride();
  return command;
}

await exitWith(async () => {
  await program().parseAsync();
});
