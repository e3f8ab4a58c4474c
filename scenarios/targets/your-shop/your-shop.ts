// Somebody's own shop as a kind of target: a file says how shoppers use it, nothing of its inside is seen, and none of our services
// is needed.
import type { TargetKind } from '../target.ts';
import { aimAtYours, refusedOfYours, withoutMeaningToYours } from './aim.ts';
import { fingerprintOf, lastMet, meetYourShop } from './meet.ts';
import { notesOfYours, whereYours } from './notes.ts';
import { prepareYourShop } from './prepare.ts';

export const yourShop: TargetKind = {
  faults: {},
  axes: [],
  hidesItsInside: true,
  auditFailed: 'the shop lost, doubled, oversold or misreported orders',
  notes: notesOfYours,
  whereNote: whereYours,
  aim: aimAtYours,
  refused: refusedOfYours,
  withoutMeaning: withoutMeaningToYours,
  meet: meetYourShop,
  fingerprint: async (scenario) => fingerprintOf(lastMet(scenario)),
  dataSetState: async () => 'read when the run begins',
  prepare: prepareYourShop,
};
