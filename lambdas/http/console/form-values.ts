import type { InputField } from '../../contract/admin/operation.ts';
import type { Row } from './console-desk.ts';
import { isAbsent, textOf } from './view/value.ts';

/** What stands in the fields of a form, by name. */
export type FormValues = Readonly<Record<string, readonly string[]>>;

/** Fields of our own forms beside those of the table. */
export const ownFields = ['csrf', 'idempotency_key'];

/** As it was sent, whatever it is; lists that were typed come one a line. */
export function sentValues(fields: readonly InputField[], form: URLSearchParams): FormValues {
  return Object.fromEntries(
    fields.map(({ name, type }) => {
      const given = form.getAll(name).flatMap((text) => (type === 'texts' ? text.split(/\r?\n/) : [text]));
      return [name, given.filter((text) => text.trim() !== '')];
    }),
  );
}

/** As a row has it, for a form that changes it. */
export function storedValues(fields: readonly InputField[], row: Row): FormValues {
  return Object.fromEntries(
    fields.map(({ name }) => {
      const given = row[name];
      if (isAbsent(given)) return [name, []];
      return [name, Array.isArray(given) ? given.map(textOf) : [textOf(given)]];
    }),
  );
}

/**
 * The form with one value for each field that takes one: where a usual value is chosen and another is typed, what was
 * typed counts.
 */
export function lastOfEach(fields: readonly InputField[], form: URLSearchParams): URLSearchParams {
  const read = new URLSearchParams(form);
  for (const { name, suggests } of fields) {
    const given = form.getAll(name).filter((text) => text.trim() !== '');
    if (suggests) read.set(name, given.at(-1) ?? '');
  }
  return read;
}
