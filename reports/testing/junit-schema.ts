// The rules of the JUnit schema that CI servers check against: junit-10.xsd of Jenkins' xUnit plugin, the strictest of
// those in use, in a table, because no XML Schema validator is among our dependencies. For tests.

type ElementRule = { required: string[]; optional: string[]; children: string[]; hasText: boolean };

const time = ['time'];

const RULES: Record<string, ElementRule> = {
  testsuites: {
    required: [],
    optional: ['name', ...time, 'tests', 'failures', 'errors'],
    children: ['testsuite'],
    hasText: false,
  },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', ...time, 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
    hasText: false,
  },
  testcase: {
    required: ['name'],
    optional: [...time, 'classname', 'group'],
    children: [
      'skipped',
      'error',
      'failure',
      'rerunFailure',
      'rerunError',
      'flakyFailure',
      'flakyError',
      'system-out',
      'system-err',
    ],
    hasText: false,
  },
  properties: { required: [], optional: [], children: ['property'], hasText: false },
  property: { required: ['name', 'value'], optional: [], children: [], hasText: false },
  failure: { required: [], optional: ['type', 'message'], children: [], hasText: true },
  error: { required: [], optional: ['type', 'message'], children: [], hasText: true },
  skipped: { required: [], optional: ['type', 'message'], children: [], hasText: true },
  'system-out': { required: [], optional: [], children: [], hasText: true },
  'system-err': { required: [], optional: [], children: [], hasText: true },
};

/** SUREFIRE_TIME of the schema. */
const TIME = /^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$/;

/** What in a document breaks the schema or is not well-formed; empty for a valid one. */
export function junitProblems(xml: string): string[] {
  const problems: string[] = [];
  const open: string[] = [];
  const body = xml.replace(/^<\?xml[^>]*\?>/, '');
  const tags = /<(\/?)([A-Za-z-]+)((?:\s+[A-Za-z-]+="[^"<]*")*)\s*(\/?)>/g;
  let end = 0;
  for (const found of body.matchAll(tags)) {
    const [whole, closing = '', name = '', attributes = '', empty = ''] = found;
    problems.push(...textProblems(body.slice(end, found.index), open.at(-1)));
    end = found.index + whole.length;
    if (closing !== '') {
      const opened = open.pop();
      if (opened !== name) problems.push(`found </${name}>, needed </${opened}>`);
      continue;
    }
    problems.push(...elementProblems(name, attributes, open.at(-1)));
    if (empty === '') open.push(name);
  }
  problems.push(...textProblems(body.slice(end), undefined));
  if (open.length > 0) problems.push(`found ${open.length} open elements at the end, needed none`);
  return problems;
}

function elementProblems(name: string, text: string, parent: string | undefined): string[] {
  const rule = RULES[name];
  if (!rule) return [`found <${name}>, which the schema does not know`];
  const isPlaced = parent === undefined ? name === 'testsuites' : RULES[parent]?.children.includes(name);
  const attributes = new Map(
    [...text.matchAll(/([A-Za-z-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
  );
  const known = [...rule.required, ...rule.optional];
  return [
    ...(isPlaced ? [] : [`found <${name}> in <${parent ?? 'the document'}>`]),
    ...rule.required.filter((key) => !attributes.has(key)).map((key) => `<${name}> lacks ${key}`),
    ...[...attributes.keys()].filter((key) => !known.includes(key)).map((key) => `<${name}> has ${key}`),
    ...[...attributes].flatMap(([key, value]) => [
      ...referenceProblems(value),
      ...(key === 'time' && !TIME.test(value) ? [`time is ${value}`] : []),
    ]),
  ];
}

function textProblems(text: string, parent: string | undefined): string[] {
  const isAllowed = text.trim() === '' || (parent !== undefined && RULES[parent]?.hasText);
  return [
    ...(isAllowed ? [] : [`found text "${text.trim().slice(0, 40)}" in <${parent ?? 'the document'}>`]),
    ...(/[<>]/.test(text) ? [`found a bare < or > in "${text.slice(0, 40)}"`] : []),
    ...referenceProblems(text),
  ];
}

function referenceProblems(text: string): string[] {
  return /&(?!(amp|lt|gt|quot|#\d+);)/.test(text) ? [`found a bare & in "${text.slice(0, 40)}"`] : [];
}
