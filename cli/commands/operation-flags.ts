import type { AdminOperation, InputField } from '../../lambdas/contract/admin/operation.ts';
import { kebab } from '../arguments/kebab.ts';
import type { Flag, FlagValues } from './command.ts';

const url: Flag = { name: 'url', type: 'text', about: 'Issuer to administer. That of the last sign-in unless given.' };
const json: Flag = { name: 'json', type: 'flag', about: 'Print the answer of the API as it is.' };

const paging: readonly Flag[] = [
  { name: 'limit', type: 'integer', about: 'Rows of a page.' },
  { name: 'cursor', type: 'text', about: 'Begin after the page that named this cursor.' },
  { name: 'all', type: 'flag', about: 'Every page.' },
];
const yes: Flag = { name: 'yes', type: 'flag', about: 'Do not ask.' };
const idempotency: Flag = {
  name: 'idempotency-key',
  type: 'text',
  about: 'Who repeats a call with the same one within 10 minutes makes nothing twice.',
};

/** Flags of an operation: its input in kebab-case, then what belongs to its kind of answer. */
export function operationFlags(operation: AdminOperation): readonly Flag[] {
  // A PUT begins with what is there, so nothing has to be repeated.
  const own = operation.input.map((field) => flagOf(field, operation.method === 'PUT'));
  return [
    ...own,
    ...(operation.answers === 'page' ? paging : []),
    ...(operation.answers === 'created' ? [idempotency] : []),
    ...(operation.warning === undefined ? [] : [yes]),
    json,
    url,
  ];
}

/** What was given, by name of the field. */
export function inputOf(operation: AdminOperation, flags: FlagValues): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    operation.input.flatMap(({ name }) => {
      const value = flags[kebab(name)];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function flagOf(field: InputField, isOptional: boolean): Flag {
  // What says no more than the label is for forms, where several lines fit.
  const about = field.hint === undefined ? `${field.label}.` : `${field.label}. ${field.hint}`;
  return {
    name: kebab(field.name),
    type: field.type,
    about: about.replace(/, one a line\b/g, ''),
    ...(field.choices && { choices: field.choices }),
    ...(field.suggests && { suggests: field.suggests }),
    ...(field.required && !isOptional && { required: true }),
  };
}
