import { kebab } from '../arguments/kebab.ts';
import { CommandError } from '../errors.ts';

interface Problem {
  readonly title?: unknown;
  readonly detail?: unknown;
  readonly errors?: unknown;
  readonly traceId?: unknown;
}

/** What helps whatever the body says. */
const cures: Readonly<Record<number, string>> = {
  403: 'You may look, but not change, or not even that: see gatehouse admin login.',
  409: 'Read it again, then repeat the change.',
};

/**
 * A refusal of the admin API (RFC 9457) as lines: what happened, then each field as the flag that sets it.
 * @param fields names of the operation's input fields; others stay as they are
 */
export function problemOf(answer: Response, body: unknown, fields: readonly string[]): CommandError {
  const problem: Problem = typeof body === 'object' && body !== null ? body : {};
  const happened = text(problem.detail) ?? text(problem.title) ?? `The server answers ${answer.status}.`;
  const lines = fieldErrors(problem.errors).map(({ field, message }) => {
    return `${fields.includes(field) ? `--${kebab(field)}` : field}: ${message}`;
  });
  const trace = answer.status >= 500 ? text(problem.traceId) : undefined;
  const wait = answer.status === 429 ? answer.headers.get('retry-after') : null;
  const cure = wait ? `Try again in ${wait} seconds.` : trace ? `Trace id: ${trace}` : cures[answer.status];
  return new CommandError([happened, ...lines].join('\n'), { cure });
}

function fieldErrors(errors: unknown): readonly { readonly field: string; readonly message: string }[] {
  if (!Array.isArray(errors)) return [];
  return (errors as unknown[]).flatMap((each) => {
    const { field, message } = (each ?? {}) as { readonly field?: unknown; readonly message?: unknown };
    return typeof field === 'string' && typeof message === 'string' ? [{ field, message }] : [];
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
