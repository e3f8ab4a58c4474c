// What the tests of both shops share: the shop opened by the command's own hands, and its adapter walked through every verb in the
// process in which a rehearsal walks it.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { createCleanUp } from '../deploy/local/programs/clean-up.ts';
import { REPOSITORY_ROOT } from '../deploy/local/programs/state-directory.ts';
import { openRealShop } from '../scenarios/target/up/open-shop.ts';
import { REAL_SHOPS, type RealShop } from '../scenarios/target/up/real-shops.ts';
import type {
  FromYourShop,
  ToYourShop,
  WalkedVerb,
  YourShopAnswer,
  YourShopTask,
} from '../sim/generator/your-shop-protocol.ts';

const PROGRAM = join(REPOSITORY_ROOT, 'sim', 'generator', 'your-shop-main.ts');
const DEADLINES = { httpDeadlineMs: 20_000, outcomeDeadlineMs: 20_000 };

type Walked = { verbs: WalkedVerb[]; answers: YourShopAnswer[] };

/** Opens the shop with a hundred products, does the tasks one after the other, and closes it. */
export async function walkShop(name: RealShop['name'], tasks: readonly YourShopTask[]): Promise<Walked> {
  const shop = REAL_SHOPS.find((one) => one.name === name);
  if (shop === undefined) throw new Error(`There is no shop ${name}.`);
  const stop = new AbortController().signal;
  await using cleanUp = createCleanUp(console.error);
  const opening = { productCount: 100, processCount: 1 };
  const { url } = await openRealShop(shop, opening, { cleanUp, stop, log: console.error });
  const file = join(import.meta.dirname, `${name}.ts`);
  const child = fork(PROGRAM, [], { serialization: 'advanced' });
  try {
    const walked: Walked = { verbs: [], answers: [] };
    for (const [id, task] of tasks.entries()) {
      const settings = { file, url, version: 'test', runId: 'run-test' };
      const message: ToYourShop = { id, settings, deadlines: DEADLINES, task };
      const { promise, resolve, reject } = Promise.withResolvers<YourShopAnswer>();
      const hear = (said: FromYourShop): void => {
        if (said.type === 'verb') walked.verbs.push(said.verb);
        else if (said.type === 'answer') resolve(said.answer);
        else if (said.type === 'failed') reject(new Error(said.message));
      };
      const end = (code: number | null): void =>
        reject(new Error(`The process of ${name}'s file ended with ${code ?? 'a signal'}.`));
      child.on('message', hear);
      child.once('exit', end);
      child.send(message);
      walked.answers.push(await promise);
      child.off('message', hear);
      child.off('exit', end);
    }
    return walked;
  } finally {
    child.disconnect();
  }
}
