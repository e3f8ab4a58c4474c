import { expect, test } from 'vitest';
import { won } from './client/shared/format.ts';
import { html } from './client/shared/html.ts';

test('whatever is put into a template stays text, between tags and in attributes', () => {
  const hostile = `"><img src=x onerror='alert(1)'>&`;
  const escaped = '&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;';
  expect(html`<p title="${hostile}">${hostile}</p>`.markup).toBe(`<p title="${escaped}">${escaped}</p>`);
});

test('templates hold templates and lists of them, and show nothing for what is absent', () => {
  const items = ['딸기', '<b>'].map((name) => html`<li>${name}</li>`);
  expect(html`<ul>${items}${null}${false}${undefined}${0}</ul>`.markup).toBe(
    '<ul><li>딸기</li><li>&lt;b&gt;</li>0</ul>',
  );
});

test('prices are written in won', () => {
  expect([0, 12_300, 1_234_567, -500].map(won)).toEqual(['₩0', '₩12,300', '₩1,234,567', '−₩500']);
});
