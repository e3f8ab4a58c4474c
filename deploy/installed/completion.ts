// What a shell offers when somebody types `stampede` and Tab: the names of the commands and, behind one, the words that its own
// help knows. Made once, as text for the shell to keep; nothing is started at a Tab.

/** Behind which headings of a help text words stand, one a line. */
const LISTS = /^(?:Commands|Scenarios|Benches):$/;

/** Options and words that a help text names, as they are offered. */
export function wordsOfHelp(help: string, name: string): string[] {
  const options = [...help.matchAll(/(?<![\w-])--[a-z][a-z-]*[a-z]/g)].map(([option]) => option);
  return [...new Set([...listedWords(help), ...wordsOfUsage(help, name), ...options])];
}

function listedWords(help: string): string[] {
  let isList = false;
  return help.split('\n').flatMap((line) => {
    if (/^\S/.test(line)) isList = LISTS.test(line);
    const [, word] = /^ {2}([a-z][\w-]*)(?: |$)/.exec(line) ?? [];
    return isList && word !== undefined ? [word] : [];
  });
}

/** "stampede baseline save NAME": save */
function wordsOfUsage(help: string, name: string): string[] {
  const usage = new RegExp(`^(?:npm run|.*stampede) ${name}(?: --)? ([a-z][a-z-]*)`, 'gm');
  return [...help.matchAll(usage)].map(([, word = '']) => word);
}

/** By command. */
export type CommandWords = ReadonlyMap<string, readonly string[]>;

/** For `source` or a folder of completions. Where no word fits, Bash offers files. */
export function bashCompletion(commands: CommandWords): string {
  const cases = [...commands].map(([name, words]) => `    ${name}) words='${words.join(' ')}' ;;`);
  return `# Completion of stampede for Bash.
_stampede() {
  local words='${[...commands.keys()].join(' ')}'
  if ((COMP_CWORD > 1)); then
    case \${COMP_WORDS[1]} in
${cases.join('\n')}
    *) words='' ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _stampede stampede
`;
}

/** For `source` or, as `_stampede`, a folder of $fpath. */
export function zshCompletion(commands: CommandWords): string {
  const cases = [...commands].map(([name, words]) => `    ${name}) compadd -- ${words.join(' ')} ;;`);
  return `#compdef stampede
# Completion of stampede for Zsh.
_stampede() {
  if ((CURRENT == 2)); then
    compadd -- ${[...commands.keys()].join(' ')}
  else
    case $words[2] in
${cases.join('\n')}
    esac
    _files
  fi
}
compdef _stampede stampede
`;
}
