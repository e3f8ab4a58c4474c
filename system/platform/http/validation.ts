// Checks requests against their TypeBox schemas with TypeBox's own compiler: bodies as they are, text parts (query,
// parameters, headers) after turning numerals into numbers. Nothing is stripped, defaulted or otherwise repaired.
import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify';
import type { TObject, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

const NUMERAL = /^-?\d{1,15}(\.\d{1,6})?$/;

type TextConversion = (value: Record<string, unknown>) => Record<string, unknown>;

const isObjectSchema = (schema: TSchema): schema is TObject => 'properties' in schema;

function namesOfType(schema: TSchema, ...types: string[]): string[] {
  if (!isObjectSchema(schema)) return [];
  return Object.entries(schema.properties)
    .filter(([, property]) => 'type' in property && types.includes(String(property.type)))
    .map(([name]) => name);
}

/** Only plain numerals are converted; any other text stays text, so that the check refuses it. */
function textConversion(schema: TSchema): TextConversion | null {
  const numbers = namesOfType(schema, 'integer', 'number');
  const booleans = namesOfType(schema, 'boolean');
  if (numbers.length + booleans.length === 0) return null;
  return (value) => {
    const converted = { ...value };
    for (const name of numbers) {
      const text = value[name];
      if (typeof text === 'string' && NUMERAL.test(text)) converted[name] = Number(text);
    }
    for (const name of booleans) {
      if (value[name] === 'true') converted[name] = true;
      else if (value[name] === 'false') converted[name] = false;
    }
    return converted;
  };
}

/** Fastify's validator compiler. */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema);
  const convert = httpPart === 'body' ? null : textConversion(schema);
  return (value: unknown) => {
    const candidate = convert === null ? value : convert((value ?? {}) as Record<string, unknown>);
    if (compiled.Check(candidate)) return { value: candidate };
    // TypeBox's errors have the shape of ajv's, which is what Fastify expects.
    return { error: compiled.Errors(candidate) as FastifySchemaValidationError[] };
  };
};
