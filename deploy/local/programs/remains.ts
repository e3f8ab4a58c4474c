// What the commands of this folder leave where closing fails, and how a person removes it.
import type { Remains } from './clean-up.ts';

export const remains = {
  lock: {
    what: "the machine's lock",
    remedy: 'It is taken over by the next run, once this process has ended.',
  },
  services: {
    what: 'services that were started for this command',
    remedy: 'The next command ends them; at once: npm run stack -- down',
  },
  programs: {
    what: 'programs that were started for this command',
    remedy: 'The next command ends them; at once: npm run stack -- down',
  },
  note: {
    what: 'the note of where the shop was (shop.json)',
    remedy: 'Nobody believes it once this process has ended.',
  },
} satisfies Record<string, Remains>;
