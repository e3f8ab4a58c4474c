// Lets Node read TypeScript below a folder node_modules, where it refuses to strip types by itself. Every program that
// `stampede` starts loads it first, by NODE_OPTIONS; it answers for the files of this package alone. Types become blanks, so lines
// and columns of a stack trace stay those of the source.
const { readFileSync } = require('node:fs');
const { registerHooks, stripTypeScriptTypes } = require('node:module');
const { join } = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');

const OWN = pathToFileURL(join(__dirname, '../..', '/')).href;
const DEPENDENCIES = `${OWN}node_modules/`;

// Node 24 still says of the function that it may change.
const emitWarning = process.emitWarning;
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).includes('stripTypeScriptTypes')) emitWarning.call(process, warning, ...rest);
};

registerHooks({
  load(url, context, nextLoad) {
    const [path] = url.split(/[?#]/);
    if (!path.startsWith(OWN) || path.startsWith(DEPENDENCIES) || !path.endsWith('.ts'))
      return nextLoad(url, context);
    const source = stripTypeScriptTypes(readFileSync(fileURLToPath(path), 'utf8'));
    return { format: 'module', source, shortCircuit: true };
  },
});
