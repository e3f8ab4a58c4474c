// Whether a rehearsal's generators join over Kafka, and over whose brokers.
import type { CleanUp } from '../../deploy/local/programs/clean-up.ts';
import { type Gathered, type GatherInput, gatherGenerators } from './gather.ts';

/**
 * Null where the scenario's generators are processes of this machine.
 * @param ofTarget the brokers of what is rehearsed, which are used where the scenario names none
 */
export async function gatherFor(
  cleanUp: CleanUp,
  input: Pick<GatherInput, 'scenario' | 'stop' | 'monotonicMs'> & { view: GatherInput['told'] },
  ofTarget: readonly string[] | undefined,
): Promise<Gathered | null> {
  const { kafka } = input.scenario.generator;
  if (kafka === undefined) return null;
  const brokers = kafka === 'stack' ? ofTarget : kafka.split(',');
  if (brokers === undefined)
    throw new Error(
      'generator.kafka=stack: what is rehearsed has no Kafka. Needed: --generators kafka:N@HOST:PORT',
    );
  return gatherGenerators(cleanUp, { ...input, told: input.view, brokers, environment: process.env });
}
