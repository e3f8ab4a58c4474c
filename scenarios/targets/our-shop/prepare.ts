// Prepares our shop for a run: its services brought up or found, what killed runs left on them removed, and the data set
// that every cell is cloned from.
import { remains } from '../../../deploy/local/programs/remains.ts';
import { bringUpStack } from '../../../deploy/local/services/stack.ts';
import { ensureDataSet } from '../../data/data-set.ts';
import { isOurServer } from '../../data/databases.ts';
import { markObserver } from '../../data/run-mark.ts';
import { needsOpensearch } from '../../scenario/behaviour-store.ts';
import type { PrepareTarget } from '../target.ts';
import { openOurShop, type ShopGround } from './open.ts';
import { brokerCountFor, whyNot } from './strike.ts';
import { sweepAbandoned } from './sweep.ts';

export const prepareOurShop: PrepareTarget = async (cleanUp, { scenario, told, stop, monotonicMs }) => {
  const { fault, shop } = scenario;
  told.phase('services', null);
  const stack = await bringUpStack({
    // Without a wish, a cluster that is up is used whatever its size.
    ...(brokerCountFor(fault?.name) === 1 ? {} : { brokerCount: brokerCountFor(fault?.name) }),
    shopConnections: shop.databaseConnections,
    opensearch: needsOpensearch(scenario),
    log: (line) => told.say(`! ${line}`),
    onProgress: (event) =>
      told.detail(`${event.service}: ${event.state}${event.detail ? ` · ${event.detail}` : ''}`),
    signal: stop,
  });
  cleanUp.later(remains.services, stack.stop);
  const refusal = fault === undefined ? null : whyNot(fault.name, stack.services);
  if (refusal !== null) throw new Error(refusal);
  await sweepAbandoned(stack, markObserver(Date.now()), told.say);
  told.phase('data set', null);
  const serverIsOurs = isOurServer(stack.services);
  const dataSet = await ensureDataSet({
    postgresUrl: stack.postgresUrl,
    serverIsOurs,
    scenario,
    onProgress: told.detail,
    stop,
    monotonicMs,
  });
  const ground: ShopGround = { stack, template: dataSet.template, serverIsOurs, monotonicMs };
  return {
    services: stack.services,
    kafkaBrokers: stack.kafkaBrokers,
    fingerprint: dataSet.fingerprint,
    open: (cellCleanUp, ofCell) => openOurShop(cellCleanUp, ground, ofCell),
  };
};
