// Arbitrary requests for a route, made from its own schema: almost right ones with one thing wrong, and nonsense. Not
// used by the shop itself.
import fc, { type Arbitrary } from 'fast-check';
import type { Route, Schema } from './routes.ts';

export type WildRequest = {
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
};

/** Text that breaks naive programs: NUL, halves of surrogate pairs, right-to-left marks, SQL, paths, and length. */
const oddText: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udfff\ud83d',
    '\u202e',
    '\ufeff',
    'İ',
    'ﬁ',
    '٣',
    '１',
  ),
  fc.constantFrom(`' OR 1=1 --`, `'; DROP TABLE orders`, '../../etc/passwd', '<script>', '%00', '$1'),
  fc.constantFrom(':* & !', "'a':*", '\\', "\\'", 'NaN', '1e999', '__proto__', 'constructor'),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.integer({ min: 100, max: 20_000 }).map((length) => '가'.repeat(length)),
);

const oddNumber: Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, -0, -1, 0.5, 1e308, -1e308, 2 ** 31, 2 ** 31 - 1, 2 ** 53, 2 ** 63, 32_768, 5e-324),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

const oddValue: Arbitrary<unknown> = fc.oneof(
  oddText,
  oddNumber,
  fc.constantFrom(null, true, [], {}, [[]], [null]),
  fc.jsonValue(),
);

/** A value that the schema allows. */
function fitting(schema: Schema): Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.allOf;
  if (choices) return fc.oneof(...choices.map(fitting));
  switch (schema.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([name, property]) => [name, fitting(property)]),
        ),
        { requiredKeys: schema.required ?? [] },
      );
    case 'array':
      return fc.array(fitting(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 5, 5),
      });
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -(2 ** 31), max: schema.maximum ?? 2 ** 31 - 1 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fittingText(schema);
  }
}

function fittingText({ format, minLength = 0, maxLength = 50 }: Schema): Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'email') return fc.uuid().map((name) => `${name}@example.kr`);
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, Math.min(maxLength, 50)) });
}

/** A value of the schema with one thing wrong somewhere: a field odd, missing or too many. */
function spoiled(schema: Schema): Arbitrary<unknown> {
  return fc
    .tuple(fitting(schema), fc.nat(), oddValue, fc.constantFrom('replace', 'remove', 'add', 'deep', 'whole'))
    .map(([value, position, odd, how]) => {
      if (typeof value !== 'object' || value === null || how === 'whole') return odd;
      const names = Object.keys(value);
      const name = names[position % Math.max(1, names.length)] ?? 'name';
      const copy: Record<string, unknown> = { ...value };
      if (how === 'remove') delete copy[name];
      else if (how === 'add') copy[typeof odd === 'string' ? odd : 'extra'] = odd;
      else copy[name] = how === 'deep' ? [{ [name]: odd }] : odd;
      return copy;
    });
}

const brokenText: Arbitrary<string> = fc.oneof(
  fc.constantFrom('', '{', '[', '{"a":1,}', '"', 'nul', '{"a":1}{"b":2}', '\u0000', '{"__proto__":{"a":1}}'),
  fc.constantFrom('{"constructor":{"prototype":{}}}', '1e999', '{"a":"\\ud800"}', '﻿{}'),
  fc.integer({ min: 1, max: 20_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  fc.string({ unit: 'binary' }),
);

const contentTypes = [
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/jsonp',
  'a/b;c',
  ';;;',
];

/** Bodies: mostly JSON that is almost right. `mayFit`: also such as are right. */
function bodyOf(schema: Schema, mayFit: boolean): Arbitrary<Pick<WildRequest, 'body' | 'headers'>> {
  const json = { 'content-type': 'application/json' };
  const asJson = (value: unknown) => ({ body: JSON.stringify(value), headers: json });
  return fc.oneof(
    { weight: 6, arbitrary: spoiled(schema).map(asJson) },
    ...(mayFit ? [{ weight: 2, arbitrary: fitting(schema).map(asJson) }] : []),
    { weight: 1, arbitrary: brokenText.map((body) => ({ body, headers: json })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(brokenText, fc.constantFrom(...contentTypes))
        .map(([body, type]) => ({ body, headers: { 'content-type': type } })),
    },
  );
}

const escaped = (value: unknown) => encodeURIComponent(String(value).toWellFormed().slice(0, 2_000));
const brokenEscape = fc.constantFrom('%', '%E0%A4%A', '%00', '%zz', '%ff', '..%2f', '%252e');

const written = (schema: Schema): Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fitting(schema).map(escaped) },
    { weight: 3, arbitrary: oddValue.map(escaped) },
    { weight: 1, arbitrary: brokenEscape },
  );

function pathOf(route: Route): Arbitrary<string> {
  const params = route.parameters.filter((parameter) => parameter.in === 'path');
  return fc.tuple(...params.map(({ schema }) => written(schema))).map((values) =>
    // Functions, because $ means something in a replacement text.
    params.reduce(
      (path, { name }, index) => path.replace(`{${name}}`, () => values[index] ?? ''),
      route.path,
    ),
  );
}

function queryOf(route: Route): Arbitrary<string> {
  const known = route.parameters.filter((parameter) => parameter.in === 'query');
  const pairs = known.map(({ name, schema }) => written(schema).map((value) => `${name}=${value}`));
  const odd = fc.tuple(oddText, oddText).map((pair) => pair.map(escaped).join('='));
  const pair = fc.oneof(...pairs, ...pairs, odd, brokenEscape);
  return fc.array(pair, { maxLength: 4 }).map((list) => (list.length === 0 ? '' : `?${list.join('&')}`));
}

/** Requests for one route. @param options.mayFit whether bodies may also be wholly right. */
export function wildRequests(route: Route, options: { mayFit: boolean }): Arbitrary<WildRequest> {
  const body = route.body
    ? bodyOf(route.body, options.mayFit)
    : fc.constant({ body: undefined, headers: {} as Record<string, string> });
  return fc
    .tuple(pathOf(route), queryOf(route), body)
    .map(([path, query, rest]) => ({ path: path + query, ...rest }));
}
