import { expect, it } from 'vitest';
import { priorityNote, priorityWith } from './generator-priority.ts';

const had = (generatorHasPriority: boolean, generatorIsScheduled?: boolean) => ({
  generatorHasPriority,
  ...(generatorIsScheduled === undefined ? {} : { generatorIsScheduled }),
});

it('a run had the priority that all of its cells had', () => {
  expect(priorityWith('real-time', 'real-time', had(true, true))).toBe('real-time');
  expect(priorityWith('real-time', 'real-time', had(true, false))).toBe('nice');
  expect(priorityWith('nice', 'real-time', had(true, true))).toBe('nice');
  expect(priorityWith('real-time', 'real-time', had(false, false))).toBe('none');
  expect(priorityWith('none', 'nice', had(true, true))).toBe('none');
  expect(priorityWith('nice', 'nice', had(true, true))).toBe('nice');
});

it('cells that an older version kept had niceness only', () => {
  expect(priorityWith('real-time', 'real-time', had(true))).toBe('nice');
  expect(priorityNote('nice')).toContain('nice −15');
  expect(priorityNote('real-time')).toContain('SCHED_RR');
});
