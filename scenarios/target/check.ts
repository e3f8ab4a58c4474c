// One shopper walks through every verb of somebody's own shop: each request with its time, what was understood of the answers, and what
// speaks against a rehearsal. No load.
import { createCleanUp } from '../../deploy/local/programs/clean-up.ts';
import { countOf, formatNumber } from '../../reports/format/format.ts';
import type { ShopDiscovery, WalkedRequest, WalkedVerb } from '../../sim/generator/your-shop-protocol.ts';
import { refuseWithoutNeeded, settingsOf } from '../targets/your-shop/meet.ts';
import { askPermission, foreignOrigins } from '../targets/your-shop/rails/ask-permission.ts';
import { ownToken } from '../targets/your-shop/rails/own-token.ts';
import { startShopProcess } from '../targets/your-shop/shop-process.ts';
import { checkTypes } from './check-types.ts';

/** As long as a person waits who looks at it. */
const DEADLINES = { httpDeadlineMs: 5_000, outcomeDeadlineMs: 10_000 };
/** What one shopper asks for is less than any permission names. */
const ONE_SHOPPER_PER_SECOND = 0;

export type CheckInput = { file: string; url: string; itemId: string | undefined; iOwn: string | null };
export type CheckDeps = { write: (text: string) => void; environment: NodeJS.ProcessEnv; stop: AbortSignal };

/**
 * Says all of it as it goes; false where a verb failed or something speaks against a rehearsal.
 * @throws Error in one line where it cannot even be tried
 */
export async function checkShop(
  input: CheckInput,
  { write, environment, stop }: CheckDeps,
): Promise<boolean> {
  const line = (text: string): void => write(`${text}\n`);
  await using cleanUp = createCleanUp((sentence) => line(`! ${sentence}`));
  const settings = settingsOf(input);
  const shop = await startShopProcess(cleanUp, { settings, deadlines: DEADLINES, stop });
  const { description } = await shop.ask({ kind: 'describe' });
  refuseWithoutNeeded(description, input.file);
  line(`${description.name} at ${description.origins.join(', ')}`);
  const foreign = foreignOrigins(description.origins, environment);
  const token = foreign.length === 0 ? '' : ownToken(environment);
  await askPermission(foreign, {
    wanted: { token, nowMs: Date.now(), sessionsPerSecond: ONE_SHOPPER_PER_SECOND },
    iOwn: input.iOwn,
    stop,
  });
  const types = await checkTypes(settings.file, stop);
  if (types.kind === 'wrong') throw new Error(types.message);
  if (types.kind === 'unchecked') line(`  types       not looked at: ${types.because}`);
  const onRequest = (request: WalkedRequest): void => line(requestLine(request));
  const { discovery } = await shop.ask({ kind: 'discover' }, { onRequest });
  line(discoveryLine(discovery));
  const doubts: string[] = [];
  const walk = await shop.ask(
    { kind: 'walk', ...(input.itemId === undefined ? {} : { itemId: input.itemId }) },
    {
      onRequest,
      onVerb(verb) {
        line(verbLine(verb));
        doubts.push(...doubtsOf(verb));
      },
    },
  );
  line('');
  for (const doubt of doubts) line(`! ${doubt}`);
  const isWell = walk.isComplete && doubts.length === 0;
  line(
    isWell
      ? `A shopper can buy here. Next: npm run scenario -- peak-hour --target ${input.file} --url ${input.url}`
      : 'A rehearsal would trip over this. Next: mend the file and check again.',
  );
  return isWell;
}

/** "    GET /products?page=1            200    12 ms". */
function requestLine({ name, method, path, status, ms, failure }: WalkedRequest): string {
  const asked = `${name}: ${method} ${path}`;
  const end = `${status ?? '–'}`.padStart(5) + `${formatNumber(ms, 0)} ms`.padStart(10);
  return `    ${asked.padEnd(56)}${end}${failure === null ? '' : `  ${failure}`}`;
}

function discoveryLine({ items, categories, inStockCount, accountCount }: ShopDiscovery): string {
  const people = accountCount === null ? 'shoppers are guests' : countOf(accountCount, 'account');
  return `  catalogue   ${countOf(items.length, 'item')}, ${inStockCount} in stock, in ${countOf(categories.length, 'category', 'categories')}; ${people}`;
}

const SIGNS: Record<WalkedVerb['end'], string> = { ok: '✓', refused: '–', failed: '✗', missing: '·' };

function verbLine({ verb, end, ms, understood }: WalkedVerb): string {
  const time = end === 'missing' ? '' : `  ${formatNumber(ms, 0)} ms`;
  return `${SIGNS[end]} ${verb.padEnd(11)} ${understood}${time}`;
}

/** A refusal is an answer, but nobody bought then. */
function doubtsOf({ verb, end, understood, doubts }: WalkedVerb): string[] {
  const own = end === 'failed' ? [`${verb}: ${understood}`] : [];
  const unsold =
    end === 'refused' && verb === 'checkout' ? [`checkout: the shop said no (${understood})`] : [];
  return [...own, ...unsold, ...doubts.map((doubt) => `${verb}: ${doubt}`)];
}
