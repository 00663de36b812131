/** `invalid`: see `fields`; `changed`: somebody else was faster; `protected`: it is managed elsewhere. */
export type AdminRefusalKind = 'invalid' | 'not_found' | 'changed' | 'protected' | 'forbidden';

/** A sentence for one input field. */
export interface FieldProblem {
  /** Name of the field in the table of operations. */
  readonly field: string;
  /** What is wrong and what to enter instead; safe to show. */
  readonly message: string;
}

/** What an administrator, or a person on their own page, cannot do. Nothing was written. */
export class AdminRefusal extends Error {
  override readonly name = 'AdminRefusal';
  readonly kind: AdminRefusalKind;
  readonly fields: readonly FieldProblem[];

  /** @param message for people: what is wrong and what helps */
  constructor(kind: AdminRefusalKind, message: string, fields: readonly FieldProblem[] = []) {
    super(message);
    this.kind = kind;
    this.fields = fields;
  }
}

/** @throws AdminRefusal `invalid` if there is any problem, with all of them */
export function refuseFields(problems: readonly FieldProblem[]): void {
  if (problems.length > 0) throw new AdminRefusal('invalid', 'Some fields need another look.', problems);
}
