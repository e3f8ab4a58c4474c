// Our shop as a kind of target: what a scenario may vary and do to it, and what a reader must know of its figures.
import { API_ROLE } from '../../../system/contract/roles.ts';
import { dataSetFingerprint, dataSetState } from '../../data/data-set.ts';
import { axes } from '../../scenario/axes.ts';
import type { TargetKind } from '../target.ts';
import { notesOfOurShop } from './notes.ts';
import { prepareOurShop } from './prepare.ts';
import { planProcesses } from './shop-processes.ts';
import { ourFaults } from './strike.ts';

export const ourShop: TargetKind = {
  faults: ourFaults,
  axes,
  hasStorefront: true,
  auditFailed: 'the shop lost, doubled or misreported orders',
  notes: notesOfOurShop,
  connectionsPerApi: (scenario) =>
    planProcesses(scenario).find(({ roles }) => roles.includes(API_ROLE))?.databaseConnections ?? 0,
  fingerprint: dataSetFingerprint,
  dataSetState,
  prepare: prepareOurShop,
};
