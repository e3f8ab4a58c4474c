// Commands as they are typed in a checkout (`npm run scenario -- NAME`) and where Stampede is installed as a package
// (`stampede scenario NAME`). A page is read by people of either kind.

const CHECKOUT = /^npm run (?:--silent )?([\w:-]+)(?: --)?(?= |$)/;
const INSTALLED = /^((?:npx )?stampede) ([\w:-]+)(?= |$)/;
const NAMED = /npm run (?:--silent )?([a-z][\w:-]*)(?: --(?![\w-]))?/g;

/** The same words in the form that the run was started with, which its replay command has. */
export function namedAsStarted(text: string, replayCommand: string): string {
  const [, typedAs] = INSTALLED.exec(replayCommand) ?? [];
  return typedAs === undefined ? text : text.replace(NAMED, `${typedAs} $1`);
}

/** How a command begins, how it does elsewhere, and where that is; null for what is no command of ours. */
export function otherForm(command: string): { begins: string; elsewhere: string; where: string } | null {
  const [begins, name] = CHECKOUT.exec(command) ?? [];
  if (begins !== undefined) return { begins, elsewhere: `stampede ${name}`, where: 'Installed as a package' };
  const [beginsInstalled, , nameInstalled] = INSTALLED.exec(command) ?? [];
  return beginsInstalled === undefined
    ? null
    : { begins: beginsInstalled, elsewhere: `npm run ${nameInstalled} --`, where: 'In a checkout' };
}
