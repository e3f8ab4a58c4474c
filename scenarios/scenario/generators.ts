// How many generators divide a scenario's plan among them, whether they join over Kafka, and what cannot be divided.
import type { Scenario } from './scenario.ts';

const OVER_KAFKA = /^kafka:(\d+)(?:@(.+))?$/;

/** What `--generators` stands for: `4` four processes of this machine, `kafka:4@HOST:PORT` four that join over these brokers. */
export function generatorSettings(text: string | undefined): Record<string, string | undefined> {
  const [, count, brokers = 'stack'] = OVER_KAFKA.exec(text ?? '') ?? [];
  return count === undefined
    ? { 'generator.count': text }
    : { 'generator.count': count, 'generator.kafka': brokers };
}

/** What of the scenario one generator alone can do, or none of another machine, in a line; none when all is well. */
export function generatorMistakes({
  generator,
  cacheReplay,
  intake,
  yourShop,
  shop,
}: Pick<Scenario, 'generator' | 'cacheReplay' | 'intake' | 'yourShop' | 'shop'>): string[] {
  const { count = 1, kafka } = generator;
  const mistakes: string[] = [];
  if (cacheReplay !== undefined && (count > 1 || kafka !== undefined))
    mistakes.push(
      `generator.count=${count}: the reads of this scenario are noted in one file, in the order in which they were answered. Needed: 1, of this machine.`,
    );
  if (kafka === undefined) return mistakes;
  const bad = kafka.split(',').filter((address) => kafka !== 'stack' && !ADDRESS.test(address));
  if (bad.length > 0)
    mistakes.push(
      `generator.kafka: found ${bad.join(', ')}. Needed: brokers as HOST:PORT, with commas between, or stack.`,
    );
  const here = 'Needed: --generators N, processes of this machine.';
  if (intake.through === 'topics')
    mistakes.push(
      `generator.kafka: what comes from outside (intake.through=topics) is told by a generator that may speak to the shop's Kafka. ${here}`,
    );
  if (yourShop !== undefined)
    mistakes.push(`generator.kafka: the file of your shop is on this machine alone. ${here}`);
  if (shop.balancer === 'nginx')
    mistakes.push(
      `generator.kafka: nginx before the shop (shop.balancer=nginx) listens on this machine alone. ${here}`,
    );
  return mistakes;
}

/** HOST:PORT; an address of IPv6 stands in brackets. */
export const ADDRESS = /^(?:\[[0-9a-f:]+\]|[\w.-]+):\d{1,5}$/i;
