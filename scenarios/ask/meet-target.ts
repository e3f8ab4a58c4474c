// A target whose data is not known beforehand is asked for it once all else that was typed is right, and the cells are planned again
// with what it told.
import { type Asked, planned } from '../run/asked.ts';
import { targetOf } from '../targets/find-target.ts';

/**
 * What was asked for, planned with what its target told; as it was where the target is known.
 * @param iOwn the host that the command says is its user's own
 * @throws Error in one line where the target cannot be asked
 */
export async function meetTarget(
  asked: Asked,
  coreCount: number,
  stop: AbortSignal,
  iOwn: string | undefined,
): Promise<Asked> {
  if (asked.kind === 'mistakes') return asked;
  const { meet } = targetOf(asked.scenario);
  if (meet === undefined)
    return iOwn === undefined
      ? asked
      : {
          kind: 'mistakes',
          mistakes: [`--i-own ${iOwn}: that goes with a shop of yours. Needed: --target my-shop.ts --url.`],
        };
  const told = {
    detail: () => undefined,
    say: (line: string) => void process.stderr.write(`${line}\n`),
  };
  const scenario = await meet(asked.scenario, { told, iOwn: iOwn ?? null, environment: process.env, stop });
  const again = planned(scenario, asked.seed, asked.overrides, asked.flags, coreCount);
  return again.kind === 'mistakes' ? again : { ...again, resume: asked.resume };
}
