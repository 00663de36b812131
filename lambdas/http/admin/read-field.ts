import type { InputField } from '../../contract/admin/operation.ts';
import type { AdminRequest } from '../../core/admin/admin-handler.ts';

type Value = AdminRequest['input'][string];

/** What came for one field: the values of a query or form, or a JSON member. */
export type Given = { readonly texts: readonly string[] } | { readonly json: unknown };

/** A value with the type of its field; undefined: nothing was given. `problem` is a sentence for the field. */
export type FieldRead = { readonly value: Value | undefined } | { readonly problem: string };

/** Items of a list. */
const mostItems = 100;
/** Characters of a text, unless the field says otherwise. */
const mostCharacters = 200;

/** Judges what was given for a field by the field's row in the table. */
export function readField(field: InputField, given: Given): FieldRead {
  const read = field.type === 'texts' ? readTexts(field, given) : readOne(field, given);
  const isMissing = 'value' in read && (read.value === undefined || (Array.isArray(read.value) && !read.value.length));
  if (!isMissing) return read;
  if (!field.required) return { value: undefined };
  return { problem: field.type === 'texts' ? 'At least one is needed.' : 'This is needed.' };
}

function readTexts(field: InputField, given: Given): FieldRead {
  const items = 'json' in given ? given.json : given.texts.flatMap((text) => text.split(/\r?\n/));
  if (!Array.isArray(items) || !items.every((item) => typeof item === 'string')) {
    return { problem: 'Give a list of texts.' };
  }
  const texts = [...new Set(items.map((item) => item.trim()))].filter((item) => item !== '');
  if (texts.length > mostItems) return { problem: `At most ${mostItems} are taken.` };
  const problem = texts.map((text) => problemOf(field, text)).find((found) => found !== undefined);
  return problem === undefined ? { value: texts } : { problem };
}

function readOne(field: InputField, given: Given): FieldRead {
  if ('json' in given) return typed(field, given.json);
  const [text, ...more] = given.texts;
  if (more.length > 0) return { problem: 'Give it once.' };
  const trimmed = text?.trim();
  return trimmed === undefined || trimmed === '' ? { value: undefined } : typed(field, spelled(field, trimmed));
}

/** The value that a text of a query or form spells, or the text itself where it spells none. */
function spelled({ type }: InputField, text: string): unknown {
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (type === 'flag' && ['true', 'on', 'yes'].includes(text)) return true;
  return type === 'flag' && ['false', 'off', 'no'].includes(text) ? false : text;
}

function typed(field: InputField, value: unknown): FieldRead {
  if (field.type === 'integer') {
    return Number.isSafeInteger(value) ? { value: value as number } : { problem: 'Enter a whole number.' };
  }
  if (field.type === 'flag') {
    return typeof value === 'boolean' ? { value } : { problem: 'Enter true or false.' };
  }
  if (typeof value !== 'string') return { problem: 'Give a text.' };
  const text = value.trim();
  if (text === '') return { value: undefined };
  const problem = problemOf(field, text);
  return problem === undefined ? { value: text } : { problem };
}

function problemOf({ choices, most = mostCharacters }: InputField, text: string): string | undefined {
  // Control and format characters make a text read as something else than it is.
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)) return 'Control characters and line breaks are not taken.';
  if ([...text].length > most) return `At most ${most} characters are taken.`;
  if (choices && !choices.includes(text)) return `Choose one of: ${choices.join(', ')}.`;
  return undefined;
}
