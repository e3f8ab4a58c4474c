// Loads the file that describes a shop, from wherever it lies: `import { defineShop } from 'stampede'` means this project in it.
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Hooks, Http, ShopDefinition, ShopPerson, ShopVisit } from './define-shop.ts';
import { placeOf } from './fault.ts';
import { ShopMistake, shortened, shown } from './shop-mistake.ts';
import { type VerbsFound, verbsOf } from './verbs.ts';

const LOAD_DEADLINE_MS = 30_000;
const STAMPEDE = new URL('./stampede.ts', import.meta.url).href;
const NEXT = 'Compare with what `npm run target -- init my-shop.ts` writes.';

export type LoadedShop = { definition: ShopDefinition; file: string; folder: string; verbs: VerbsFound };

let isHooked = false;

/** From now on 'stampede' is this project for every file of this process. */
function hookStampede(): void {
  if (isHooked) return;
  isHooked = true;
  registerHooks({
    resolve: (specifier, context, next) => next(specifier === 'stampede' ? STAMPEDE : specifier, context),
  });
}

/**
 * Loads and looks at the file, and sends nothing.
 * @throws ShopMistake when it is not there, does not load, or is no description of a shop
 */
export async function loadShop(file: string): Promise<LoadedShop> {
  if (!existsSync(file))
    throw new ShopMistake(
      `found no file ${file}, needed is the one that describes the shop. Write one with npm run target -- init my-shop.ts.`,
    );
  hookStampede();
  const definition = definitionOf(await importOf(file), basename(file));
  return { definition, file, folder: dirname(file), verbs: verbsOf(visitOf(definition, file)) };
}

async function importOf(file: string): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(
        new ShopMistake(
          `${basename(file)}: it was not loaded within ${LOAD_DEADLINE_MS} ms, needed is a file that waits for nothing at its top level.`,
        ),
      );
    }, LOAD_DEADLINE_MS);
  });
  try {
    return await Promise.race([import(pathToFileURL(file).href), late]);
  } catch (error) {
    if (error instanceof ShopMistake) throw error;
    throw new ShopMistake(loadSentence(error, file), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function loadSentence(error: unknown, file: string): string {
  if (!(error instanceof Error)) return `${basename(file)}: loading it threw ${shown(error)}. ${NEXT}`;
  const place = placeOf(error.stack, file) ?? basename(file);
  const name = error.name === 'Error' ? '' : `${error.name}: `;
  return `${place}: it does not load (${name}${shortened(error.message, 240)}), needed is TypeScript that Node can strip of its types. Mend that line.`;
}

function definitionOf(module: unknown, name: string): ShopDefinition {
  const found =
    typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
  if (typeof found !== 'object' || found === null)
    throw new ShopMistake(
      `${name}: its default export is ${shown(found)}, needed is \`export default defineShop({…})\`. ${NEXT}`,
    );
  for (const key of ['catalogue', 'visit'] as const) {
    const value: unknown = key in found ? (found as Partial<ShopDefinition>)[key] : undefined;
    if (typeof value !== 'function')
      throw new ShopMistake(`${name}: \`${key}\` is ${shown(value)}, needed is a function. ${NEXT}`);
  }
  const definition = found as ShopDefinition;
  checkWebhooks(definition.webhooks, name);
  return definition;
}

const LAST_PORT = 65_535;

function checkWebhooks(webhooks: unknown, name: string): void {
  if (webhooks === undefined) return;
  const { port, orderIdOf } = Object(webhooks) as { port?: unknown; orderIdOf?: unknown };
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > LAST_PORT)
    throw new ShopMistake(
      `${name}: the port of \`webhooks\` is ${shown(port)}, needed is a number from 1 to ${LAST_PORT}. ${NEXT}`,
    );
  if (typeof orderIdOf !== 'function')
    throw new ShopMistake(
      `${name}: \`orderIdOf\` of \`webhooks\` is ${shown(orderIdOf)}, needed is a function that gives the order's id. ${NEXT}`,
    );
}

const NOBODY: ShopPerson = { email: 'nobody@stampede.example', password: null, name: 'Nobody', columns: {} };

/** A visit that can do nothing, to see which verbs it has. */
function visitOf(definition: ShopDefinition, file: string): ShopVisit {
  const name = basename(file);
  let visit: unknown;
  try {
    visit = definition.visit(silentHttp(name), NOBODY, silentHooks(name));
  } catch (error) {
    if (error instanceof ShopMistake) throw error;
    const place = placeOf(error instanceof Error ? error.stack : undefined, file) ?? name;
    throw new ShopMistake(
      `visit (${place}): ${error instanceof Error ? error.message : String(error)}. Needed is one that gives its verbs to whoever comes.`,
      { cause: error },
    );
  }
  if (typeof visit !== 'object' || visit === null || 'then' in visit)
    throw new ShopMistake(
      `${name}: visit gives ${typeof visit === 'object' && visit !== null ? 'a promise' : shown(visit)}, needed are its verbs at once. What must be waited for belongs into \`arrive\`.`,
    );
  const verbs = verbsOf(visit as ShopVisit);
  if (verbs.lacking.length > 0)
    throw new ShopMistake(
      `${name}: visit has no ${verbs.lacking.map((verb) => `\`${verb}\``).join(', no ')}, needed for anybody to buy something. ${NEXT}`,
    );
  return visit as ShopVisit;
}

/** Sends nothing: whoever asks it is told to wait for a verb. */
function silentHttp(file: string): Http {
  const refuse = (name: string): never => {
    throw new ShopMistake(
      `${file}: visit asks for "${name}" before any verb is called, needed is within one. Put it into \`arrive\`.`,
    );
  };
  return {
    get: refuse,
    post: refuse,
    put: refuse,
    patch: refuse,
    delete: refuse,
    graphql: refuse,
    events: refuse,
    socket: refuse,
    header: () => undefined,
    orderWillBe: () => undefined,
  };
}

const silentHooks = (file: string): Hooks => ({
  wait() {
    throw new ShopMistake(
      `${file}: visit waits for a webhook before any verb is called, needed is within one. Put it into \`outcome\`.`,
    );
  },
});

/** The origin of an address, without what follows it. */
export function originOf(address: string, what: string): string {
  const url = URL.parse(address);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new ShopMistake(
      `${what} is ${shown(address)}, needed is an address such as http://127.0.0.1:3000.`,
    );
  return url.origin;
}

/** All origins that may be asked, that of `--url` first. */
export function originsOf({ origins = [] }: ShopDefinition, url: string): string[] {
  return [
    ...new Set([
      originOf(url, '--url'),
      ...origins.map((origin) => originOf(origin, 'an origin of the shop')),
    ]),
  ];
}
