/** An IAM statement of a role, lists made uniform. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Operator → condition key → values. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/**
 * Reads a statement of a synthesized template.
 * @returns a sentence why it is left out, if the local cloud cannot apply it
 */
export function readStatement(raw: unknown): Statement | string {
  const source = raw as Record<string, unknown>;
  const effect = source['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') return 'a statement without Effect Allow or Deny';
  for (const name of ['NotAction', 'NotResource']) if (name in source) return `a statement with ${name}`;
  const conditions = (source['Condition'] ?? {}) as Record<string, Record<string, unknown>>;
  return {
    effect,
    actions: list(source['Action']),
    resources: list(source['Resource']),
    conditions: mapValues(conditions, (keys) => mapValues(keys, list)),
  };
}

function list(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => item !== undefined).map(String);
}

function mapValues<A, B>(source: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(source).map(([key, value]) => [key, change(value)]));
}
