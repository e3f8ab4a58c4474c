// Checks what comes from a file against its schema and says in one message which file, what was found and what was
// needed there. It leaves to others where files lie.
import type { Static, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';

/** A file of a run directory that is missing, cut off or not what its schema asks for. */
export class RecordError extends Error {
  override name = 'RecordError';
}

const compiled = new WeakMap<TSchema, Validator>();

function validatorOf(schema: TSchema): Validator {
  const known = compiled.get(schema);
  if (known) return known;
  const fresh = Compile(schema);
  compiled.set(schema, fresh);
  return fresh;
}

/**
 * Returns `value` typed as `schema` says.
 * @param file named in the message, with a line number where it helps
 * @throws RecordError that names the file, the place in it, the value found and what was needed (at most 5 places)
 */
export function validate<S extends TSchema>(schema: S, value: unknown, file: string): Static<S> {
  const validator = validatorOf(schema);
  if (validator.Check(value)) return value as Static<S>;
  const problems = validator
    .Errors(value)
    .filter((error) => error.keyword !== 'anyOf')
    .slice(0, 5)
    .map((error) => {
      const place = error.instancePath === '' ? 'the document' : error.instancePath;
      const needed =
        'allowedValue' in error.params ? `${error.message} ${error.params.allowedValue}` : error.message;
      return `${place} ${needed}; found ${shortJson(valueAt(value, error.instancePath))}`;
    });
  throw new RecordError(`${file}: ${problems.join('. ')}`);
}

function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    value = (value as Record<string, unknown> | null)?.[key];
  }
  return value;
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
