import { expect, it } from 'vitest';
import { applyScheduling, schedulingCommand } from './scheduling.ts';

it('asks for real time or a core for all threads of a process, and for nothing where niceness is enough', () => {
  expect(schedulingCommand('real-time', 42, 2)).toEqual([
    'chrt',
    ['--all-tasks', '--rr', '--pid', '1', '42'],
  ]);
  expect(schedulingCommand('own-core', 42, 2)).toEqual([
    'taskset',
    ['--all-tasks', '--cpu-list', '--pid', '1', '42'],
  ]);
  expect(schedulingCommand('nice', 42, 2)).toBeNull();
});

it('says whether the process has it, and goes on where the tool is missing or refuses', () => {
  const ran: string[] = [];
  expect(applyScheduling('real-time', 42, 2, (command) => void ran.push(command))).toBe(true);
  expect(ran).toEqual(['chrt']);
  const refusing = () => {
    throw new Error('spawnSync chrt ENOENT');
  };
  expect(applyScheduling('real-time', 42, 2, refusing)).toBe(false);
  expect(applyScheduling('nice', 42, 2, refusing)).toBe(true);
});
