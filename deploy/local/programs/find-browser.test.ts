import { expect, test } from 'vitest';
import { findBrowser } from './find-browser.ts';

test('Chromium is where it is said to be, else in one of the usual places', () => {
  expect(findBrowser({ CHROMIUM_PATH: '/opt/c' }, () => true)).toEqual({ path: '/opt/c' });
  expect(findBrowser({}, (path) => path.endsWith('google-chrome'))).toEqual({
    path: '/usr/bin/google-chrome',
  });
});

test('a missing Chromium is one line with what to do; one that is named is not replaced by another', () => {
  const advice = 'needed one: apt-get install chromium, or name one in CHROMIUM_PATH';
  expect(findBrowser({}, () => false)).toEqual({
    missing: `found no Chromium at /usr/bin/chromium, ${advice}`,
  });
  expect(findBrowser({ CHROMIUM_PATH: '/opt/c' }, (path) => path !== '/opt/c')).toEqual({
    missing: `found no Chromium at /opt/c, ${advice}`,
  });
});
