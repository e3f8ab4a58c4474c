import { expect, test } from 'vitest';
import { composeServices, COMPOSE_FILE as READ_FILE } from '../../compose-testing.ts';
import { COMPOSE_FILE, CONTAINERS } from './compose-services.ts';

test('every container is one of docker-compose.yml, is in profile core and takes its port from its variable', () => {
  expect(COMPOSE_FILE).toBe(READ_FILE);
  for (const { name, portVariable } of Object.values(CONTAINERS).flat()) {
    const service = composeServices({ [portVariable]: '23456' })[name];
    expect(service?.profiles, name).toContain('core');
    expect(service?.ports, name).toEqual([expect.stringMatching(/^127\.0\.0\.1:23456:\d+$/)]);
  }
});
