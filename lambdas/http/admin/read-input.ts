import type { InputField } from '../../contract/admin/operation.ts';
import type { AdminRequest } from '../../core/admin/admin-handler.ts';
import type { FieldProblem } from '../../core/admin/admin-refusal.ts';
import { refuseFields } from '../../core/admin/admin-refusal.ts';
import type { Given } from './read-field.ts';
import { readField } from './read-field.ts';

type Input = AdminRequest['input'];

/**
 * The input of an operation, each value with the type of its field. Texts lose the spaces around them; what is empty
 * counts as not given.
 * @param given the JSON body, or the parameters of a query or form; of a form, `texts` may come one a line
 * @param others names besides those of the fields that mean something else, such as `csrf` or `limit`
 * @throws AdminRefusal `invalid` with a message for each wrong, missing or unknown name
 */
export function readInput(
  fields: readonly InputField[],
  given: Readonly<Record<string, unknown>> | URLSearchParams,
  others: readonly string[] = [],
): Input {
  const names = given instanceof URLSearchParams ? [...new Set(given.keys())] : Object.keys(given);
  const known = [...fields.map((field) => field.name), ...others];
  const problems: FieldProblem[] = names
    .filter((name) => !known.includes(name))
    .map((name) => ({ field: name.slice(0, 64), message: unknownName(fields) }));
  const input: Record<string, Input[string]> = {};
  for (const field of fields) {
    const read = readField(field, valueOf(field.name, given));
    if ('problem' in read) problems.push({ field: field.name, message: read.problem });
    else if (read.value !== undefined) input[field.name] = read.value;
  }
  refuseFields(problems);
  return input;
}

function valueOf(name: string, given: Readonly<Record<string, unknown>> | URLSearchParams): Given {
  if (given instanceof URLSearchParams) return { texts: given.getAll(name) };
  return Object.hasOwn(given, name) ? { json: given[name] } : { texts: [] };
}

function unknownName(fields: readonly InputField[]): string {
  const names = fields.map((field) => field.name).join(', ');
  return `This is unknown here; ${names === '' ? 'nothing is taken' : `taken are: ${names}`}.`;
}
